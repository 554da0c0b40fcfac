// A query to the entries that answer it, best first. The same rules stand in site_builder/search/query.py.
(root => {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, EXACT = 7, START = 6, TITLE = 5, NAME = 4, PAGE = 24, LONGEST = 200, last = null;
  var WEIGHT = [0, 1, 2, 6, 10, 16, 20, 80];
  var MARKS = { "单位": "o", "机构": "o", "企业": "o", "人物": "h", "姓名": "h", "完成人": "h", "奖项": "a", "等级": "g", "年份": "y", "年": "y",
    "种类": "k", "类别": "k", "地区": "r", "行业": "r" };

  // a syllable of pinyin, and some that nobody says; of several each is as long as it can be, for to try all ways would take for ever
  var SYLLABLE = "(?:zh|ch|sh|[b-df-hj-np-tw-z])?(?:a(?:i|o|ng?)?|e(?:i|r|ng?)?|i(?:a(?:o|ng?)?|e|u|ng?|ong)?|o(?:u|ng)?|u(?:a(?:i|ng?)?|e|i|n|o)?|v[en]?)";
  var ONE = new RegExp("^" + SYLLABLE + "$"), SEVERAL = new RegExp("^(?:(?=(" + SYLLABLE + "))\\1)+$");

  // pinyin that is typed syllable by syllable, with tones or ü, as the index has it; nothing where it is none or so already
  function typed(query) {
    var plain = T.fold(query.slice(0, LONGEST)).trim(), words = plain.normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300\u0301\u0304\u030c]/g, "").split(/[\s'’]+/);
    if (!words.every(word => SEVERAL.test(word))) return "";
    var spelled = words.join(words.some(word => ONE.test(word)) ? "" : " ");
    return spelled === plain ? "" : spelled;
  }

  function parse(query) {
    var form = /([-－])?(?:([^\s:："“”＂「」『』-]+)[:：]\s*(?=\S))?(?:["“”＂「」『』]([^"“”＂「」『』]*)["“”＂「」『』]?|([^\s"“”＂「」『』]+))/g, found = [], part;
    while ((part = form.exec(query.slice(0, LONGEST)))) {
      var field = part[2] && T.fold(part[2]), mark = Object.prototype.hasOwnProperty.call(MARKS, field) ? MARKS[field] : "";
      var text = (part[2] && !mark ? part[2] + " " : "") + (part[3] !== undefined ? part[3] : part[4]);
      found.push({ text: text, shown: part[0], not: !!part[1], mark: mark, phrase: part[3] !== undefined });
    }
    return found;
  }

  // whether its pairs may stand apart in a text that has them all
  function isUnsure(term) {
    var first = term.runs[0];
    return !term.mark && (term.runs.length > 1 || Array.from(first).length > (T.isHan(first) ? 2 : 4));
  }

  function prepared(query) {
    return engine.ready().then(() => T.strange(query) ? engine.load("t2s").then(T.learn) : null).then(() => parse(query).map(term => {
      term.runs = T.runs(T.fold(term.text));
      term.unsure = term.runs.length > 0 && isUnsure(term);
      // letters that stand apart are chance; Chinese pairs that do are often what was meant
      term.strict = term.phrase || !term.runs.some(T.isHan);
      return term;
    }).filter(term => term.runs.length));
  }

  // all entries that have every pair of every term; of syllables side by side first those that have them so
  function candidates(query) {
    var sound = typed(query);
    if (!sound) return gathered(query);
    return gathered(sound).then(found => found.ids.length ? Object.assign(found, { query: query }) : gathered(query));
  }
  // whether a title may be just these terms: one begins with the first and has all others
  function mayName(terms) {
    if (terms.some(term => term.mark || term.not)) return false;
    if (terms.length < 2) return engine.most(terms[0].levels) >= NAME;
    return terms[0].levels.some((level, id) => level >= START && terms.every(term => term.levels[id] >= TITLE));
  }
  function gathered(query) {
    return prepared(query).then(terms => {
      var wanted = terms.filter(term => !term.not);
      var found = { query: query, terms: terms, ids: [], scores: new Int32Array(engine.manifest().size), sure: true, loose: false,
        failed: [], without: [], empty: !wanted.length };
      if (!wanted.length) {
        if (!query.trim()) {
          found.empty = false;
          found.ids = Array.from(engine.ids());
        }
        return found;
      }
      return Promise.all(terms.map(engine.ofTerm)).then(lists => {
        terms.forEach((term, at) => {
          term.levels = lists[at];
          term.unsure = term.unsure || !term.not && !!lists[at].apart;
        });
        // whole names are asked for only where names have it at all
        return mayName(terms) ? engine.levelsOf("=" + terms.map(term => T.whole(term.text)).join("")) : null;
      }).then(exact => {
        rank(found, exact);
        found.failed = wanted.filter(term => !engine.some(term.levels));
        if (!found.ids.length) found.without = without(terms);
        found.sure = !terms.some(term => term.unsure);
        return found;
      });
    });
  }

  function fits(terms, id, left) {
    return terms.every(term => term === left || (term.not ? term.unsure || !term.levels[id] : term.levels[id]));
  }

  // by score and edition, then by kind, results first; plain loops: they run once over all entries, before the browser has made anything of them faster
  function rank(found, exact) {
    var manifest = engine.manifest(), all = manifest.all, kinds = manifest.kinds.length, terms = found.terms, keys = new Float64Array(all.length), size = 0;
    for (var at = 0; at < all.length; at++) {
      var id = all[at], sure = !!exact && exact[id] === EXACT, score = sure ? WEIGHT[EXACT] : 0, meets = true;
      for (var nth = 0; nth < terms.length; nth++) {
        var term = terms[nth], level = term.levels[id];
        if (term.not ? level && !term.unsure : !level) meets = false;
        if (!term.not) score += WEIGHT[level];
      }
      if (!sure && !meets) continue;
      found.scores[id] = score * engine.AGES + engine.AGES - 1 - manifest.age[id];
      keys[size++] = ((1e6 - found.scores[id]) * kinds + manifest.kind[id]) * manifest.size + id;
    }
    keys = keys.subarray(0, size).sort();
    found.ids = new Array(size);
    for (at = 0; at < size; at++) found.ids[at] = keys[at] % manifest.size;
  }

  // where nothing answers: what would, if one term were dropped
  function without(terms) {
    return terms.map(term => {
      var others = terms.filter(other => other !== term), count = 0;
      if (others.some(other => !other.not)) {
        engine.ids().forEach(id => { if (fits(terms, id, term)) count++; });
      }
      return { term: term, query: others.map(other => other.shown).join(" "), count: count };
    }).filter(one => one.count);
  }

  // the last query is kept: who asks it again gets the same answer
  function search(query) {
    if (!last || last.query !== query) last = { query: query, found: looked(query) };
    last.found.catch(() => { last = null; });
    return last.found;
  }
  // a first page of results, asked for before the list that will show them is there
  function ahead(query) {
    return search(query).then(found => engine.records(found.ids.slice(0, PAGE))).catch(() => {});
  }
  // a single page is looked up in the texts themselves; of a longer list only what is shown
  function looked(query) {
    return candidates(query).then(found => {
      if (found.sure || !found.ids.length || found.ids.length > PAGE) return found;
      return engine.page(found, found.ids).then(shown => {
        var close = shown.filter(record => record.whole);
        found.loose = shown.length > 0 && !close.length;
        found.ids = (close.length ? close : shown).map(record => record.id);
        found.sure = true;
        if (!found.ids.length && found.terms.length === 1) found.failed = found.terms;
        return found;
      });
    });
  }

  Object.assign(engine, { search: search, ahead: ahead, candidates: candidates });
})(window);
