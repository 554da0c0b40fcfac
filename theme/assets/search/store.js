// Files of the index: each is a script that hands its content over, so that it loads from file:// as well. Format: docs/search.md.
(root => {
  "use strict";
  var MOST = 86, AGES = 7, SYMBOLS = "()*+,-./0123456789:;<=>?", T = root.exhibitionTokens;
  var site = new URL("../../../", document.currentScript.src).href, apart = document.querySelector("[data-index]");
  // a page that searches several exhibitions names the folder of their common index
  var home = site + (apart ? apart.dataset.index : "");
  // pages in another language: the folder they lie in, which holds the files of the index that are read, and the names of kinds
  var tongue = apart ? "" : document.documentElement.dataset.tongue || "", SAID = /^(?:[df]\/|facets$)/, words = root.exhibitionWords || {};
  var waiting = new Map(), held = new Map(), manifest = null, early = root.exhibitionBoot.early;

  root.exhibitionSearch = {
    put: function (name, content) {
      var done = waiting.get(name);
      waiting.delete(name);
      if (done) done(content);
    }
  };

  function load(name) {
    if (!held.has(name) && early[name]) held.set(name, Promise.resolve(early[name]));
    if (!held.has(name)) {
      held.set(name, new Promise((done, failed) => {
        var script = root.exhibitionBoot.script(home + (SAID.test(name) ? tongue : "") + "search/v1/" + (manifest && !(tongue && SAID.test(name)) ? folder(manifest.moved, name) : "") + name + ".js" + (manifest ? "?v=" + manifest.digest : ""));
        function end() {
          script.remove();
          if (!waiting.delete(name)) return;
          held.delete(name);
          failed(new Error(name));
        }
        waiting.set(name, done);
        script.onload = script.onerror = end;
        document.head.appendChild(script);
      }));
    }
    return held.get(name);
  }

  // where a deploy put a file that changed, so that no visitor gets old and new ones together: docs/deploy.md
  function folder(moved, name) {
    return moved && (!moved[1] || moved[1].indexOf(name) >= 0) ? moved[0] : "";
  }

  // value of a symbol
  function symbol(code) { return code - 0x28 - (code > 0x5c ? 1 : 0); }

  function ready() {
    return load("manifest").then(found => {
      if (manifest) return manifest;
      T.learn(found.fold);
      found.kinds = found.kinds.map(kind => ({
        name: kind[0],
        label: words[kind[1]] || kind[1],
        measure: words[kind[2]] || kind[2],
        folder: kind[3]
      }));
      found.size = found.blocks * MOST;
      found.all = new Uint32Array(found.entries);
      found.age = new Uint8Array(found.size);
      found.kind = new Uint8Array(found.size);
      var at = 0, column = found.counts.split("!").map((counts, block) => {
        for (var id = block * MOST, text = "", nth = 0; nth < counts.length; nth++) {
          if (counts[nth] === " ") continue;
          var kind = symbol(found.classes.charCodeAt(nth * 2)), count = symbol(counts.charCodeAt(nth)) + 1;
          found.age.fill(symbol(found.classes.charCodeAt(nth * 2 + 1)), id, id + count);
          found.kind.fill(kind, id, id + count);
          text += SYMBOLS[kind].repeat(count);
          while (count--) found.all[at++] = id++;
        }
        return text;
      });
      // the column of kinds is known without its file
      held.set("f/kind", Promise.resolve({ own: true, width: 1, column: column.join("!"),
        labels: found.kinds.map(kind => kind.label), codes: found.kinds.map(kind => kind.name) }));
      if (found.members) held.set("f/exhibition", root.exhibitionBoot.fetched("members.js").then(() => root.exhibitionMembers(found)));
      return (manifest = found);
    });
  }

  // ids of keys; -1 for those that are no more
  function find(keys) {
    return ready().then(() => Promise.all(keys.map(key => {
      var block = T.crc32(key) % manifest.blocks;
      return load("k/" + block).then(all => {
        var at = all.split(" ").indexOf(key);
        return at < 0 ? -1 : block * MOST + at;
      });
    })));
  }

  root.exhibitionEngine = {
    site: site, pages: site + tongue, load: load, ready: ready, find: find, symbol: symbol, MOST: MOST, AGES: AGES,
    ids: function () { return manifest.all; },
    manifest: function () { return manifest; }
  };
})(window);
