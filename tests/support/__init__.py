"""What several areas of tests share: small bundles and small charts."""
