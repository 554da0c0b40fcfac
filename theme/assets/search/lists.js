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
    function order(name) {
      return once("o/" + name, () => ready().then(() => engine.load("f/" + name)).then(content => C.ranks(content, size)));
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
    // the ids of the part in the order of its static list: kind by kind, each in the order of its own list
    function usual() {
      return once("usual", () => Promise.all([column("kind"), order("order"), base()]).then(got => {
        var kinds = C.ranked(got[0], size), all = [];
        for (var id = 0; id < size; id++) if (got[0].start[id] < got[0].start[id + 1]) all.push(id);
        return C.narrow(C.sorted(all, [kinds, got[1]]), got[2], []).ids;
      }));
    }
    function sequence(sort) {
      var found = SORTS.find(one => one.name === sort);
      if (!found || sort === "relevance") return usual();
      return once("s/" + sort, () => {
        var keys = [found.facet ? column(found.facet).then(one => C.ranked(one, size)) : order(found.order || "title")];
        if (sort === "edition") keys.push(order("rank"));
        return Promise.all([usual()].concat(keys)).then(got => {
          var places = new Uint32Array(size);
          got[0].forEach((id, at) => { places[id] = at; });
          return C.sorted(got[0], got.slice(1).concat(places));
        });
      });
    }

    // entries of each value in the whole part, whatever is chosen: it settles which values stand where
    function totals(name) {
      return once("t/" + name, () => Promise.all([usual(), column(name)]).then(got => C.narrow(got[0], [], [got[1]]).counts[0]));
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
      ready: ready, column: column, known: known, base: base, usual: usual, sequence: sequence, totals: totals, kinds: kinds, facets: facets,
      sorts: sorts, measure: measure, names: function () { return table.facets.map(one => one[0]); },
      kindList: kindList
    };
  };
})(window);
