"""Units of measure: how a unit is read, and how a value is converted into another."""
