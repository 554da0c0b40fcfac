// The search itself: loads shards as scripts (so it works from file://), decodes postings, ranks. Format: docs/search.md.
(function (root) {
  "use strict";
  var T = root.exhibitionTokens, MOST = 86, AGES = 7, START = 5, EXACT = 6, TITLE = 4, VERIFIED = 240;
  var WEIGHT = [0, 1, 3, 5, 8, 10, 40];
  var MARKS = { "单位": "o", "机构": "o", "企业": "o", "人物": "h", "姓名": "h", "完成人": "h", "奖项": "a", "年份": "y", "年": "y",
    "种类": "k", "类别": "k", "地区": "r", "行业": "r" };
  var site = new URL("../../", document.currentScript.src).href;
  var waiting = new Map(), held = new Map(), manifest = null;

  // --- files -------------------------------------------------------------------------------------------------------

  function load(name) {
    if (!held.has(name)) {
      held.set(name, new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = site + "search/v1/" + name + ".js" + (manifest ? "?v=" + manifest.digest : "");
        waiting.set(name, done);
        script.onload = function () { script.remove(); failed(new Error(name)); };
        script.onerror = function () { script.remove(); held.delete(name); failed(new Error(name)); };
        document.head.appendChild(script);
      }));
    }
    return held.get(name);
  }
  root.exhibitionSearch = {
    put: function (name, content) {
      var done = waiting.get(name);
      waiting.delete(name);
      if (done) done(content);
    }
  };

  function symbol(code) { return code - 0x28 - (code > 0x5c ? 1 : 0); }

  function ready() {
    return load("manifest").then(function (found) {
      if (manifest) return manifest;
      manifest = found;
      T.learn(found.fold);
      var columns = found.columns.split("!");
      found.size = columns.length * MOST;
      found.column = new Uint8Array(found.size).fill(255);
      columns.forEach(function (column, block) {
        for (var at = 0; at < column.length; at++) found.column[block * MOST + at] = symbol(column.charCodeAt(at));
      });
      return found;
    });
  }
  function kindOf(id) { return Math.floor(manifest.column[id] / AGES); }

  // the level of a term in every document; 0 where it does not occur
  function levelsOf(term) {
    return load("t/" + T.shardOf(term, manifest.shards)).then(function (shard) {
      var levels = new Uint8Array(manifest.size), at = shard.indexOf("#" + term + "&");
      if (at < 0) return levels;
      var level = 0, block = 0, code;
      for (at += term.length + 1; (code = shard.charCodeAt(at)) !== 0x23; at++) {
        if (code === 0x26) level = +shard[++at];
        else if (code === 0x21) block++;
        else if (code === 0x24) {
          block = symbol(shard.charCodeAt(at + 1)) * MOST + symbol(shard.charCodeAt(at + 2));
          at += 2;
        } else {
          var id = block * MOST + symbol(code);
          if (level > levels[id]) levels[id] = level;
        }
      }
      return levels;
    });
  }
  function all(terms) { return Promise.all(terms.map(levelsOf)); }

  // --- queries -----------------------------------------------------------------------------------------------------

  function parse(query) {
    var form = /([-－])?(?:([^\s:："“”＂-]+)[:：])?(?:["“”＂]([^"“”＂]*)["“”＂]?|([^\s"“”＂]+))/g, found = [], part;
    while ((part = form.exec(query.slice(0, 200)))) {
      var mark = part[2] && MARKS[T.fold(part[2])];
      var text = (part[2] && !mark ? part[2] + " " : "") + (part[3] !== undefined ? part[3] : part[4]);
      found.push({ text: text, shown: part[0], not: !!part[1], mark: mark || "", phrase: part[3] !== undefined });
    }
    return found;
  }

  function prepared(query) {
    return ready().then(function () {
      return T.strange(query) ? load("t2s").then(T.learn) : null;
    }).then(function () {
      return parse(query).map(function (term) {
        term.runs = T.runs(T.fold(term.text));
        return term;
      }).filter(function (term) { return term.runs.length; });
    });
  }

  // all of them must occur; a title that starts with the first and has the rest starts with the whole
  function joined(lists) {
    var first = lists[0];
    if (lists.length === 1) return first;
    for (var id = 0; id < first.length; id++) {
      var least = first[id];
      for (var at = 1; at < lists.length && least; at++) {
        var level = lists[at][id] > TITLE ? TITLE : lists[at][id];
        if (level < least && !(least === START && level === TITLE)) least = level;
      }
      first[id] = least;
    }
    return first;
  }
  function marked(mark, grams) { return grams.map(function (gram) { return mark + gram; }); }
  function some(levels) { return levels.some(function (level) { return level; }); }

  function runLevels(run, mark) {
    return all(marked(mark, T.cover(run))).then(joined).then(function (levels) {
      if (mark || !/^[a-z][a-z0-9]+$/.test(run)) return levels;
      return spoken(run).then(function (sounds) {
        var direct = some(levels);
        return levels.map(function (level, id) { return Math.max(level, direct && sounds[id] < START ? 0 : sounds[id]); });
      });
    });
  }
  // letters may be pinyin, or initials
  function spoken(run) {
    var pinyin = run.length > 2 ? all(marked("p/", T.pieces(run, 3))).then(joined) : Promise.resolve(new Uint8Array(manifest.size));
    return pinyin.then(function (levels) {
      return some(levels) || run.length > 10 ? levels : all(marked("i/", T.pieces(run, 2))).then(joined);
    });
  }

  function termLevels(term) {
    if (term.mark === "k") {
      var wanted = T.whole(term.text);
      return Promise.resolve(new Uint8Array(manifest.size).map(function (_, id) {
        var kind = manifest.kinds[kindOf(id)];
        return kind && T.whole(kind[1]).indexOf(wanted) >= 0 ? 1 : 0;
      }));
    }
    if (term.mark === "y") return levelsOf("y/" + term.runs[0]);
    return Promise.all(term.runs.map(function (run) { return runLevels(run, term.mark ? term.mark + "/" : ""); }))
      .then(function (lists) { return lists.length > 1 ? allOf(lists) : lists[0]; });
  }
  function allOf(lists) {
    return lists[0].map(function (level, id) {
      return lists.reduce(function (least, other) { return Math.min(least, other[id]); }, level);
    });
  }

  function search(query) {
    return prepared(query).then(function (terms) {
      var wanted = terms.filter(function (term) { return !term.not; });
      if (!wanted.length) return { terms: terms, ids: [], kinds: [], failed: [], empty: true };
      return Promise.all(terms.map(termLevels)).then(function (lists) {
        terms.forEach(function (term, at) { term.levels = lists[at]; });
        return wanted.length === 1 && !wanted[0].mark ? levelsOf("=" + T.whole(wanted[0].text)) : null;
      }).then(function (exact) { return checked(ranked(terms, wanted, exact)); });
    });
  }

  function ranked(terms, wanted, exact) {
    var ids = [], scores = new Map();
    for (var id = 0; id < manifest.size; id++) {
      if (manifest.column[id] === 255) continue;
      var score = exact && exact[id] === EXACT ? WEIGHT[EXACT] : 0, fits = true;
      for (var at = 0; at < terms.length && fits; at++) {
        var level = terms[at].levels[id];
        if (terms[at].not) fits = !level || terms[at].phrase;
        else if (level) score += WEIGHT[level];
        else fits = score >= WEIGHT[EXACT];
      }
      if (!fits) continue;
      ids.push(id);
      scores.set(id, score * AGES + AGES - 1 - manifest.column[id] % AGES);
    }
    ids.sort(function (a, b) { return scores.get(b) - scores.get(a) || a - b; });
    var failed = wanted.filter(function (term) { return !some(term.levels); });
    return { terms: terms, ids: ids, scores: scores, failed: failed, more: false };
  }

  // phrases are looked up in the texts themselves
  function checked(found) {
    var phrases = found.terms.filter(function (term) { return term.phrase && !term.mark; });
    var kept = phrases.length ? records(found.ids.slice(0, VERIFIED)).then(function (shown) {
      found.more = found.ids.length > VERIFIED;
      found.ids = shown.filter(function (record) {
        return phrases.every(function (term) { return says(record, T.whole(term.text)) !== term.not; });
      }).map(function (record) { return record.id; });
    }) : Promise.resolve();
    return kept.then(function () {
      found.kinds = manifest.kinds.map(function (kind, at) {
        return { name: kind[0], label: kind[1], measure: kind[2], at: at, count: found.ids.filter(function (id) { return kindOf(id) === at; }).length };
      }).filter(function (kind) { return kind.count; });
      return found;
    });
  }

  // --- what is shown -------------------------------------------------------------------------------------------------

  function records(ids) {
    return Promise.all(ids.map(function (id) {
      return load("d/" + Math.floor(id / MOST) + "/" + id % MOST).then(function (one) {
        return { id: id, address: site + one[0], title: one[1], kind: manifest.kinds[one[2]][1], by: one[3], people: one[4], meta: one[5],
          summary: one[6], names: one[7], text: one[8], pinyin: one[9] };
      });
    }));
  }
  function textsOf(record) { return [record.title, record.summary, record.text, record.names, record.by, record.people]; }
  function sounds(record, word) {
    return record.pinyin.split(" ").some(function (sound) {
      return sound.replace(/'/g, "").indexOf(word) >= 0 || sound.replace(/(^|')(\d+|.)[^']*/g, "$2").indexOf(word) >= 0;
    });
  }
  function says(record, words) {
    return textsOf(record).some(function (text) { return T.whole(text).indexOf(words) >= 0; });
  }

  // a page of results; among equals those that have the words side by side come first
  function page(found, ids) {
    var words = found.terms.filter(function (term) { return !term.not && !term.mark; }).map(function (term) { return T.whole(term.text); });
    return records(ids).then(function (shown) {
      shown.forEach(function (record, at) {
        record.at = at;
        record.whole = words.every(function (word) { return says(record, word) || sounds(record, word); });
      });
      return shown.sort(function (a, b) { return found.scores.get(b.id) - found.scores.get(a.id) || b.whole - a.whole || a.at - b.at; });
    });
  }

  function needles(terms) {
    var found = [];
    terms.forEach(function (term) { if (!term.not && "yk".indexOf(term.mark || "-") < 0) found.push.apply(found, term.runs); });
    return found;
  }

  // [from, to] of every hit in a text
  function hits(text, words) {
    var trace = T.traced(text), found = [];
    words.forEach(function (word) {
      for (var at = trace.folded.indexOf(word); at >= 0 && found.length < 200; at = trace.folded.indexOf(word, at + word.length)) {
        found.push([trace.from[at], trace.to[at + word.length - 1]]);
      }
    });
    return found.sort(function (a, b) { return a[0] - b[0]; });
  }

  // pieces of a text: [words, whether they are a hit]
  function split(text, words) {
    var pieces = [], at = 0;
    hits(text, words).forEach(function (hit) {
      if (hit[1] <= at) return;
      if (hit[0] > at) pieces.push([text.slice(at, hit[0]), false]);
      pieces.push([text.slice(Math.max(at, hit[0]), hit[1]), true]);
      at = hit[1];
    });
    if (at < text.length) pieces.push([text.slice(at), false]);
    return pieces;
  }

  // at most 40 characters around the first hit; the beginning of the summary where the title has it all
  function excerpt(record, terms) {
    var words = needles(terms), pairs = words.reduce(function (sum, word) { return sum.concat(T.cover(word)); }, []);
    var texts = [record.summary, record.text, record.names];
    for (var round = 0; round < 2; round++) {
      for (var at = 0; at < texts.length; at++) {
        var hit = hits(texts[at], round ? pairs : words)[0];
        if (hit) return split(around(texts[at], hit), round ? pairs : words);
      }
    }
    return [[around(record.summary || record.text, [0, 0]), false]];
  }
  function around(text, hit) {
    var all = Array.from(text), first = Array.from(text.slice(0, hit[0])).length, size = Array.from(text.slice(hit[0], hit[1])).length;
    var start = all.length <= 38 ? 0 : Math.max(0, Math.min(first - Math.max(0, Math.floor((38 - size) / 2)), all.length - 38));
    return (start ? "…" : "") + all.slice(start, start + 38).join("").replace(/\s+/g, " ") + (start + 38 < all.length ? "…" : "");
  }

  function suggest(query) {
    return prepared(query).then(function (terms) {
      if (!terms.length || terms.some(function (term) { return term.not || term.mark; })) return [];
      return search(query).then(function (found) {
        var ids = found.ids.filter(function (id) {
          return found.scores.get(id) >= WEIGHT[EXACT] * AGES || found.terms.every(function (term) { return term.levels[id] >= TITLE; });
        });
        return page(found, ids.slice(0, 16)).then(function (shown) {
          return shown.filter(function (record) { return record.whole; }).slice(0, 8).map(function (record) {
            record.pieces = split(record.title, needles(found.terms));
            return record;
          });
        });
      });
    });
  }

  // --- nothing found -------------------------------------------------------------------------------------------------

  function apart(a, b) {
    var row = b.map(function (_, at) { return at; }).concat(b.length);
    a.forEach(function (one, line) {
      var corner = row[0];
      row[0] = line + 1;
      b.forEach(function (other, at) {
        var next = Math.min(row[at] + 1, row[at + 1] + 1, corner + (one === other ? 0 : 1));
        corner = row[at + 1];
        row[at + 1] = next;
      });
    });
    return row[b.length];
  }

  // words of titles that differ from these by one character
  function near(term) {
    var word = Array.from(T.whole(term.text));
    if (word.length < 2 || word.length > 12) return Promise.resolve([]);
    return all(word).then(function (lists) {
      var counts = [];
      for (var id = 0; id < manifest.size; id++) {
        var score = 0, count = 0;
        for (var at = 0; at < lists.length; at++) if (lists[at][id] >= TITLE) { count++; score += lists[at][id]; }
        if (count >= word.length - 1) counts.push([id, score]);
      }
      counts.sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
      return records(counts.slice(0, 24).map(function (one) { return one[0]; }));
    }).then(function (shown) {
      var found = [];
      shown.forEach(function (record) {
        var title = Array.from(T.whole(record.title)), best = null;
        if (word.length === 2 && title.length > 3) return;
        for (var size = word.length - 1; size <= word.length + 1; size++) for (var at = 0; at + size <= title.length; at++) {
          var piece = title.slice(at, at + size), far = apart(word, piece) * 4 + (size === word.length ? 0 : 1);
          if (piece.length > 1 && far < 8 && (!best || far < best[0])) best = [far, piece.join("")];
        }
        if (best && found.indexOf(best[1]) < 0) found.push(best[1]);
      });
      return found.slice(0, 3);
    });
  }

  root.exhibitionEngine = {
    search: search, page: page, suggest: suggest, near: near, excerpt: excerpt, kindOf: kindOf, ready: ready,
    title: function (record, terms) { return split(record.title, needles(terms)); }, site: site
  };
})(window);
