// Where little is found: the other names of a thing, which editors keep, each with what it finds. Fetched only then; format: docs/search.md.
(root => {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, OFFERED = 6;

  // what may be written instead of a term, the longest name in it exchanged: with the rest of the term, or the other name alone
  function others(term, groups) {
    var text = T.whole(term.text), best = "", found = [];
    groups.forEach(group => {
      var names = group.map(T.whole), held = names.filter(name => text.indexOf(name) >= 0).sort((a, b) => b.length - a.length)[0];
      if (!held || held.length < best.length) return;
      if (held.length > best.length) found = [];
      best = held;
      found = found.concat(group.filter((_, at) => names[at] !== held).map(word => [text.replace(held, () => word), word]));
    });
    return found;
  }

  // a line of ways to them, null where there are none; only words under which something is found are told
  root.exhibitionAlso = (place, results, state, terms) => engine.load("synonyms").then(groups => {
    function counted(term, words) {
      var query = state.q.replace(term.text, () => words[0]);
      return place.counted(query).then(count => count || words.length < 2 || words[0] === words[1] ? { word: words[0], query: query, count: count } : counted(term, words.slice(1)));
    }
    return Promise.all(terms.filter(term => !term.not && !term.mark).reduce((all, term) => all.concat(others(term, groups).map(words => counted(term, words))), []));
  }).then(said => said.filter(one => one.count).slice(0, OFFERED)).then(said => {
    if (!said.length) return null;
    var line = results.make("p", "none__n none__s", "也可写作：");
    said.forEach(one => {
      var way = line.appendChild(results.link({ q: one.query, sort: "" }, one.word));
      way.dataset.also = one.word;
      way.appendChild(results.make("em", "", results.comma(one.count) + " " + place.measure()));
    });
    return line;
  }).catch(() => null);
})(window);
