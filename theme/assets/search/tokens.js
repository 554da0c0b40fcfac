// Text to terms, by the very rule of site_builder/search/tokens.py; both are held to tests/search/vectors.json.
(root => {
  "use strict";
  var HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var WORD = "0-9a-z\\u00df-\\u00f6\\u00f8-\\u024f\\u0370-\\u03ff\\u0400-\\u052f\\u3041-\\u30ff\\uac00-\\ud7a3";
  var LONG = 6;
  var runsOf = new RegExp("[" + HAN + "]+|[" + WORD + "]+", "gu");
  var han = new RegExp("^[" + HAN + "]", "u");
  var simple = new Map();
  var known = null;

  // the characters of GB 2312 in its own order
  function common() {
    var bytes = [];
    for (var row = 0xb0; row < 0xf8; row++) for (var cell = 0xa1; cell < 0xff; cell++) if (row !== 0xd7 || cell < 0xfa) bytes.push(row, cell);
    return Array.from(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
  }
  // they are simplified, or in the manifest's own table
  function isCommon(character) {
    known = known || new Set(common());
    return known.has(character);
  }

  function learn(pairs) {
    var all = Array.from(pairs);
    for (var at = 0; at < all.length; at += 2) simple.set(all[at], all[at + 1]);
  }

  function foldOne(character) {
    var plain = Array.from(character.normalize("NFKC").toLowerCase());
    return plain.map(one => simple.get(one) || one).join("");
  }

  function fold(text) {
    return Array.from(text.normalize("NFC")).map(foldOne).join("");
  }

  // folded text, and for each of its UTF-16 units where in the text its character begins and ends
  function traced(text) {
    var folded = "", from = [], to = [], at = 0;
    Array.from(text).forEach(character => {
      var plain = foldOne(character);
      for (var unit = 0; unit < plain.length; unit++) { from.push(at); to.push(at + character.length); }
      folded += plain;
      at += character.length;
    });
    return { folded: folded, from: from, to: to };
  }

  function runs(folded) { return folded.match(runsOf) || []; }
  function isHan(run) { return han.test(run); }

  function pieces(run, size) {
    var all = Array.from(run), last = all.length - size, found = [];
    if (last <= 0) return [run];
    function take(at) {
      var piece = all.slice(at, at + size).join("");
      if (found.indexOf(piece) < 0) found.push(piece);
    }
    for (var at = 0; at < last; at += all.length <= LONG ? 1 : size) take(at);
    take(last);
    return found;
  }

  function cover(run) { return pieces(run, isHan(run) ? 2 : 4); }

  function strange(text) {
    return Array.from(text.normalize("NFC")).some(one => han.test(one) && !simple.has(one) && !isCommon(one));
  }

  function crc32(text) {
    var bytes = new TextEncoder().encode(text), sum = -1;
    for (var at = 0; at < bytes.length; at++) {
      sum ^= bytes[at];
      for (var bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  }

  function shardOf(term, shards) {
    return crc32(term.slice(term.lastIndexOf("/") + 1).replace(/^=/, "")) % shards;
  }

  root.exhibitionTokens = {
    fold: fold, traced: traced, runs: runs, isHan: isHan, common: common, pieces: pieces, cover: cover, learn: learn, strange: strange,
    shardOf: shardOf, crc32: crc32, whole: function (text) { return runs(fold(text)).join(""); }
  };
})(window);
