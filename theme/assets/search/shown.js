// What a list shows of the found entries: their records, hits in title and text, suggestions.
(root => {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, AROUND = 38, OVER = "[“”‘’「」『』《》〈〉·•]*";

  // the exhibition that an entry is of, where the index has several: [first block, name, address, id]
  function member(block) {
    return (engine.manifest().members || []).filter(one => one[0] <= block).pop() || [0, "", "", ""];
  }

  function record(id) {
    var kinds = engine.manifest().kinds, block = Math.floor(id / engine.MOST), of = member(block), site = of[2] || engine.site;
    return engine.load("d/" + block + "/" + id % engine.MOST).then(one => {
      var kind = kinds[one[2]], seal = one[11], picture = one[14], path = kind.folder + "/" + one[0] + "/";
      return {
        id: id, key: kind.name + "/" + one[0], kind: kind.label, kindName: kind.name, address: (of[2] || engine.pages) + path, path: of[2] + path, elsewhere: !!of[2],
        title: one[1], lines: one[15] || [], by: one[3] || "", people: one[4] || "", meta: [one[5], of[1]].filter(Boolean).join("　"), summary: one[6] || "",
        names: one[7] || "", text: one[8] || "", words: one[9] || "", pinyin: one[10] || "",
        seal: seal ? { text: seal[0], rank: seal[1], shape: seal[2] } : null, edition: one[12] || "", year: one[13] || 0,
        // another exhibition is led to, and nothing is asked of it
        cover: of[2] ? "" : site + "covers/" + kind.name + "/" + one[0] + ".svg",
        picture: picture ? { address: site + picture[0], width: picture[1], height: picture[2], ai: !!picture[3] } : null
      };
    });
  }
  function records(ids) { return Promise.all(Array.from(ids, record)); }

  function says(one, words) {
    return [one.title, one.summary, one.text, one.names, one.by, one.people, one.meta, one.words].some(text => T.whole(text).indexOf(words) >= 0);
  }
  function sounds(one, letters) {
    return one.pinyin.split(" ").some(sound => sound.replace(/'/g, "").indexOf(letters) >= 0 || sound.replace(/(^|')(\d+|.)[^']*/g, "$2").indexOf(letters) >= 0);
  }

  // those of the ids that are shown; unless they `stand` in an order of their own those that have the words side by side first
  function page(found, ids, stand) {
    var unsure = found.terms.filter(term => term.unsure);
    unsure.forEach(term => { term.whole = T.whole(term.text); });
    return records(ids).then(shown => {
      shown = shown.filter(one => {
        one.whole = unsure.every(term => term.not || says(one, term.whole) || !term.phrase && sounds(one, term.whole));
        return unsure.every(term => {
          if (term.not) return !says(one, term.whole);
          return one.whole || !term.strict || says(one, term.whole) || !term.phrase && sounds(one, term.whole);
        });
      });
      if (stand) return shown;
      function part(whole) { return shown.filter(one => one.whole === whole); }
      return part(true).concat(part(false));
    });
  }

  // --- hits ------------------------------------------------------------------------------------------------------------

  function needles(terms) {
    return terms.reduce((found, term) => term.not || term.mark === "y" || term.mark === "k" ? found : found.concat(term.runs), []);
  }

  // [from, to] of every hit in a text; Chinese words also over marks that quote or bind
  function hits(text, words) {
    var trace = T.traced(text), found = [];
    words.forEach(word => {
      var form = new RegExp(T.isHan(word) ? Array.from(word).join(OVER) : word, "g"), part;
      while (found.length < 200 && (part = form.exec(trace.folded))) found.push([trace.from[part.index], trace.to[form.lastIndex - 1]]);
    });
    return found.sort((a, b) => a[0] - b[0]);
  }

  // pieces of a text: [words, whether they are a hit]
  function split(text, words) {
    var pieces = [], at = 0;
    hits(text, words).forEach(hit => {
      if (hit[1] <= at) return;
      if (hit[0] > at) pieces.push([text.slice(at, hit[0]), false]);
      pieces.push([text.slice(Math.max(at, hit[0]), hit[1]), true]);
      at = hit[1];
    });
    if (at < text.length) pieces.push([text.slice(at), false]);
    return pieces;
  }

  // about 40 characters around the first hit; the beginning of the summary where the title has it all
  function excerpt(one, terms) {
    var words = needles(terms), pairs = words.reduce((sum, word) => sum.concat(T.cover(word)), []);
    var texts = [one.summary, one.text, one.names, one.words];
    for (var round = 0; round < 2; round++) {
      for (var at = 0; at < texts.length; at++) {
        var hit = hits(texts[at], round ? pairs : words)[0];
        if (hit) return split(around(texts[at], hit), round ? pairs : words);
      }
    }
    return [[around(one.summary || one.text, [0, 0]), false]];
  }
  function around(text, hit) {
    var all = Array.from(text), first = Array.from(text.slice(0, hit[0])).length, size = Array.from(text.slice(hit[0], hit[1])).length;
    var start = all.length <= AROUND ? 0 : Math.max(0, Math.min(first - Math.max(0, Math.floor((AROUND - size) / 2)), all.length - AROUND));
    return (start ? "…" : "") + all.slice(start, start + AROUND).join("").replace(/\s+/g, " ") + (start + AROUND < all.length ? "…" : "");
  }

  // what few need comes when they do
  function later(script, name) {
    return given => root.exhibitionBoot.fetched(script).then(() => engine[name](given));
  }

  Object.assign(engine, {
    near: later("near.js", "nearTo"), meant: later("near.js", "meantBy"), suggest: later("field.js", "suggested"), records: records, page: page, excerpt: excerpt,
    title: function (one, terms) { return split(one.title, needles(terms)); }
  });
})(window);
