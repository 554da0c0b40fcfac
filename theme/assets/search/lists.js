// What a part of the exhibition holds: its facets, columns and orders, fetched as they are asked for. Nothing here touches the page.
(root => {
  "use strict";
  var C = root.exhibitionColumns, S = root.exhibitionState;
  var SORTS = [
    { name: "relevance", label: "相关程度" }, { name: "edition", label: "展期，新的在前", facet: "edition" },
    { name: "grade", label: "等级，高的在前", order: "rank" }, { name: "year", label: "年份，近的在前", facet: "year" },
    { name: "title", label: "名称，按拼音" }, { name: "benefit", label: "经济效益，高的在前", order: "benefit" }
  ];

  // `scope` is the part's own condition as a query string
  root.exhibitionLists = (engine, scope) => {
    var held = {}, table = null, size = 0;
    function once(name, make) {
      if (!held[name]) held[name] = make().catch(error => { delete held[name]; throw error; });
      return held[name];
    }

    function ready() {
      return once("table", () => engine.ready().then(() => engine.load("facets")).then(found => {
        table = found;
        size = found.blocks * C.MOST;
        return found;
      }));
    }
    function kindList() { return engine.manifest().kinds; }
    function described(name) { return table.facets.find(one => one[0] === name); }
    function column(name) {
      return once("f/" + name, () => ready().then(() => {
        if (!described(name)) throw new Error(name);
        return engine.load("f/" + name);
      }).then(content => C.facet(name, described(name)[1], content, size)));
    }
    function known(name) { return !!described(name); }

    // the part's own condition, facet by facet
    function base() {
      return once("base", () => ready().then(() => {
        var given = S.parse(scope, table.facets.map(one => one[0])).facets;
        return Promise.all(Object.keys(given).map(name => column(name).then(found => ({
          name: name,
          column: found,
          wanted: C.chosen(found, given[name]),
          values: given[name]
        }))));
      }));
    }
    // a list whose order words settle does without them
    function ordered(name) {
      return given => once("orders", () => root.exhibitionBoot.fetched("orders.js").then(() => ready()).then(() => root.exhibitionOrders({
        engine: engine, once: once, column: column, base: base, sorts: SORTS, size: size
      }))).then(orders => orders[name](given));
    }

    // kinds that can occur, as the scope and the chosen ones leave them; by their place in the table
    function kinds(state) {
      return base().then(conditions => {
        var fixed = conditions.find(one => one.name === "kind");
        return kindList().map((kind, at) => {
          var wanted = state.facets.kind;
          return (!fixed || fixed.wanted[at]) && (!wanted || wanted.indexOf(kind.name) >= 0 || wanted.indexOf(kind.label) >= 0) ? at : -1;
        }).filter(at => at >= 0);
      });
    }
    function among(counts, at) { return at.reduce((sum, kind) => sum + counts[kind], 0); }
    // facets that say something here: those of the scope have one value for all
    function facets(state) {
      return Promise.all([base(), kinds(state)]).then(got => table.facets.filter(one => {
        var fixed = got[0].find(condition => condition.name === one[0]);
        if (fixed && fixed.values.length < 2) return false;
        return state.facets[one[0]] || among(one[3], one[0] === "kind" ? kindList().map((_, at) => at) : got[1]) > 0;
      }).map(one => ({
        name: one[0],
        label: one[1],
        count: one[2]
      })));
    }
    function sorts(state) {
      return kinds(state).then(at => SORTS.filter(one => {
        if (one.name === "relevance") return !!state.q.trim();
        if (one.facet) return known(one.facet) && among(described(one.facet)[3], at) > 1;
        return !one.order || among(table.orders[one.order], at) > 1;
      }));
    }
    function measure(at) {
      var words = at.map(kind => kindList()[kind].measure);
      return words.length && words.every(word => word === words[0]) ? words[0] : "条";
    }

    return {
      ready: ready, column: column, known: known, base: base, kinds: kinds, facets: facets, sorts: sorts, measure: measure,
      usual: ordered("usual"), sequence: ordered("sequence"), totals: ordered("totals"), names: function () { return table.facets.map(one => one[0]); },
      kindList: kindList
    };
  };
})(window);
