// Terms to the entries that have them, each with its best level: 7 a whole title … 1 the label of a facet, 0 not at all.
(root => {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, symbol = engine.symbol, MOST = engine.MOST, START = 6, TITLE = 5, YEARS = 30;

  function levelsOf(term) {
    return engine.load("t/" + T.shardOf(term, engine.manifest().shards)).then(shard => {
      var levels = new Uint8Array(engine.manifest().size), at = shard.indexOf("#" + term + "&");
      if (at >= 0) decode(shard, at + term.length + 1, levels);
      return levels;
    });
  }

  // & and a level; ! the next block, $ and two symbols any other; a symbol for each place, or % and six places to a symbol
  function decode(shard, at, levels) {
    var level = 0, block = 0, group = -1, code;
    function put(place) {
      if (level > levels[block * MOST + place]) levels[block * MOST + place] = level;
    }
    for (; (code = shard.charCodeAt(at)) !== 0x23; at++) {
      if (code >= 0x28) {
        if (group < 0) put(symbol(code));
        else {
          for (var bit = 0; bit < 6; bit++) if (symbol(code) >> bit & 1) put(group + bit);
          group += 6;
        }
      } else if (code === 0x25) group = 0;
      else {
        group = -1;
        if (code === 0x26) level = +shard[++at];
        else if (code === 0x21) block++;
        else {
          block = symbol(shard.charCodeAt(at + 1)) * MOST + symbol(shard.charCodeAt(at + 2));
          at += 2;
        }
      }
    }
  }

  // the best level at all; plain loops here and below, for they run over all entries before the browser has made them faster
  function most(levels) {
    for (var id = 0, best = 0; id < levels.length; id++) if (levels[id] > best) best = levels[id];
    return best;
  }
  function some(levels) { return most(levels) > 0; }

  // all of them must occur; a title that starts with the first and has the rest starts with the whole
  function joined(lists) {
    var first = lists[0];
    for (var id = 0; lists.length > 1 && id < first.length; id++) {
      var least = first[id];
      for (var at = 1; at < lists.length && least; at++) {
        var level = Math.min(lists[at][id], TITLE);
        if (level < least && !(least === START && level === TITLE)) least = level;
      }
      first[id] = least;
    }
    return first;
  }

  // all of these terms, behind the mark of a field
  function together(terms, mark) {
    return Promise.all(terms.map(term => levelsOf((mark || "") + term))).then(joined);
  }

  // letters may be pinyin, or initials, whose pairs may stand `apart`
  function spoken(run) {
    var pinyin = run.length > 2 ? together(T.pieces(run, 4), "p/") : Promise.resolve(new Uint8Array(engine.manifest().size));
    return pinyin.then(levels => some(levels) || run.length > 10 ? levels : together(T.pieces(run, 2), "i/").then(initials => Object.assign(initials, { apart: run.length > 2 })));
  }

  function ofRun(run, mark) {
    return together(T.cover(run), mark).then(levels => {
      if (mark || !/^[a-z][a-z0-9]+$/.test(run)) return levels;
      return spoken(run).then(sounds => {
        var direct = some(levels), all = levels.map((level, id) => Math.max(level, direct && sounds[id] < START ? 0 : sounds[id]));
        all.apart = !!sounds.apart && all.some((level, id) => level > 0 && !levels[id]);
        return all;
      });
    });
  }

  // a year, or all from one to another
  function years(runs) {
    var ends = runs.filter(run => /^\d{4}$/.test(run)).slice(0, 2).sort(), size = ends[1] - ends[0] + 1;
    return size > 1 && size <= YEARS ? Array.from({ length: size }, (_, at) => +ends[0] + at) : [runs[0]];
  }
  function ofTerm(term) {
    if (term.mark === "y") return Promise.all(years(term.runs).map(year => levelsOf("y/" + year))).then(lists => lists[0].map((_, id) => most(lists.map(levels => levels[id]))));
    // single characters among longer runs lie in long lists and say little; the texts decide
    var runs = term.runs.filter(run => Array.from(run).length > 1);
    return Promise.all((runs.length ? runs : term.runs).map(run => ofRun(run, term.mark && term.mark + "/"))).then(lists => {
      var least = lists[0];
      for (var nth = 1; nth < lists.length; nth++) {
        least = least.slice();
        for (var id = 0; id < least.length; id++) if (lists[nth][id] < least[id]) least[id] = lists[nth][id];
      }
      return least;
    });
  }

  Object.assign(engine, { levelsOf: levelsOf, ofTerm: ofTerm, spoken: spoken, some: some, most: most });
})(window);
