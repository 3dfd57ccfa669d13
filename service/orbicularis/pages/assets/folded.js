// How every search of these pages compares words. No module: pages opened as files load none.
"use strict";

/** Small letters without accents; British ae and oe are found by e, too. */
function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/ae|oe/g, "e");
}
