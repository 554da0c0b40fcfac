// The state of a list and its address: one is made of the other. Nothing here touches the page.
(root => {
  "use strict";
  var SORTS = ["relevance", "edition", "grade", "year", "title", "benefit"];
  var VIEWS = ["cards", "list", "table", "timeline", "tiles"];
  var MORE = ["cols"];
  var LONGEST = 200, MOST = 60, PAGES = 100000;

  function frozen(state) {
    Object.keys(state.facets).forEach(name => { Object.freeze(state.facets[name]); });
    Object.freeze(state.facets);
    Object.freeze(state.more);
    if (state.years) Object.freeze(state.years);
    return Object.freeze(state);
  }

  // "2019-2024", "2019-", "-2024", "2021"; an open end is null; anything else says nothing
  function years(text) {
    var found = /^(\d{4})?(-)?(\d{4})?$/.exec(text || "");
    if (!found || !(found[1] || found[3]) || (!found[2] && found[3])) return null;
    var from = found[1] ? +found[1] : null, to = found[2] ? (found[3] ? +found[3] : null) : from;
    return from && to && from > to ? [to, from] : [from, to];
  }
  function yearWords(range) {
    return range[0] === range[1] ? String(range[0]) : (range[0] || "") + "-" + (range[1] || "");
  }
  function plain(text) { return String(text).slice(0, LONGEST); }

  // what an address says; words that name nothing are passed over
  function parse(search, names) {
    var given = new URLSearchParams(search), state = { q: plain(given.get("q") || ""), page: 1, sort: "", view: "", facets: {}, years: years(given.get("year")), more: {} };
    var page = /^\d{1,9}$/.test(given.get("page") || "") ? +given.get("page") : 1;
    state.page = Math.min(PAGES, Math.max(1, page));
    if (SORTS.indexOf(given.get("sort")) >= 0) state.sort = given.get("sort");
    if (VIEWS.indexOf(given.get("view")) >= 0) state.view = given.get("view");
    names.forEach(name => {
      if (name === "year") return;
      var values = given.getAll(name).filter((value, at, all) => value && value.length <= LONGEST && all.indexOf(value) === at).slice(0, MOST);
      if (values.length) state.facets[name] = values;
    });
    MORE.forEach(name => { if (given.get(name)) state.more[name] = plain(given.get(name)); });
    return frozen(state);
  }

  function query(state) {
    var given = new URLSearchParams();
    if (state.q) given.set("q", state.q);
    Object.keys(state.facets).forEach(name => {
      state.facets[name].forEach(value => { given.append(name, value); });
    });
    if (state.years) given.set("year", yearWords(state.years));
    if (state.sort) given.set("sort", state.sort);
    if (state.view) given.set("view", state.view);
    Object.keys(state.more).forEach(name => { given.set(name, state.more[name]); });
    if (state.page > 1) given.set("page", state.page);
    return String(given);
  }

  // another state; the page is the first again unless the patch says which
  function patched(state, patch) {
    var next = { page: 1, facets: Object.assign({}, state.facets), more: Object.assign({}, state.more, patch.more) };
    ["q", "sort", "view", "years"].forEach(name => { next[name] = name in patch ? patch[name] : state[name]; });
    if (patch.page) next.page = patch.page;
    Object.keys(patch.facets || {}).forEach(name => {
      if (patch.facets[name].length) next.facets[name] = patch.facets[name].slice();
      else delete next.facets[name];
    });
    Object.keys(next.more).forEach(name => { if (!next.more[name]) delete next.more[name]; });
    return frozen(next);
  }
  function narrows(state) { return Object.keys(state.facets).length > 0 || !!state.years; }

  root.exhibitionState = {
    SORTS: SORTS, VIEWS: VIEWS, parse: parse, query: query, patched: patched, narrows: narrows,
    yearWords: yearWords,
    // nothing chosen that changes the list itself
    idle: function (state) { return !state.q.trim() && !narrows(state) && !state.sort && !state.view && state.page === 1; }
  };
})(window);
