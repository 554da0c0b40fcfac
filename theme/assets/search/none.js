// Where nothing or one thing is found: what was asked, words that are there, and ways to a longer list. Fetched only then.
(root => {
  "use strict";
  root.exhibitionNone = (place, results) => {
    var S = root.exhibitionState, C = root.exhibitionColumns, engine = place.engine, make = results.make;

    function offered(patch, words, count) {
      var item = make("li"), way = item.appendChild(results.link(patch, words));
      way.dataset.looser = count;
      item.append(" 有 " + results.comma(count) + " " + place.measure());
      return item;
    }
    // without one condition, or with it alone
    function looser(found) {
      function ways(all, verb) {
        return all.filter(one => one.count > found.count)
          .map(one => offered(one.patch, verb + "“" + one.words + "”", one.count));
      }
      return ways(found.without, "去掉").concat(ways(found.alone || [], "只留"));
    }
    // without one of the words, as many as the present conditions leave
    function fewer(state, hits) {
      return Promise.all((hits ? hits.without : []).map(one => place.counted(one.query).then(count => count ? offered({ q: one.query, sort: "" }, "去掉“" + one.term.shown + "”", count) : null))).then(items => items.filter(Boolean));
    }
    // what fails: several plain words are one sentence, with blanks for its commas
    function failing(state, hits) {
      if (hits.failed.length < 2 || hits.terms.some(term => term.not || term.mark || term.phrase)) return hits.failed;
      return [{ text: state.q, shown: state.q }];
    }
    // what it may stand for, each with what it would find here; what its field does not have may be elsewhere
    function meant(state, term) {
      var anywhere = term.mark ? [[term.shown, term.text]] : [];
      return engine.meant(term).then(words => Promise.all(anywhere.concat(words.map(word => [state.q.indexOf(term.text) < 0 ? term.shown : term.text, word])).map(change => {
        var query = state.q.replace(change[0], () => change[1]);
        return place.counted(query).then(count => ({ word: change[1], query: query, count: count }));
      }))).then(all => all.filter(one => one.count)).catch(() => []);
    }
    function headline(state, hits) {
      var failed = hits ? hits.failed : [], terms = hits ? hits.terms.filter(term => !term.not) : [];
      function quoted(all) { return all.map(term => "“" + (term.mark ? term.shown : term.text).replace(/[。．.！!？?，,；;]+$/, "") + "”"); }
      if (failed.length) return "没有找到" + quoted(failed).join("、") + "。";
      if (terms.length > 1 && !S.narrows(state)) return "没有一项同时有" + quoted(terms).join("和") + "。";
      return "没有同时符合这些条件的内容。";
    }

    function none(state, found) {
      var node = make("div", "none"), hits = found.hits;
      node.dataset.none = "";
      node.appendChild(make("p", "none__h", headline(state, hits)));
      if (S.narrows(state)) node.appendChild(make("p", "none__q", "条件：" + results.asked(state)));
      var near = node.appendChild(make("p", "none__n"));
      near.hidden = true;
      (hits ? failing(state, hits) : []).forEach(term => {
        meant(state, term).then(all => {
          all.forEach(one => {
            if (near.hidden) near.append("可以试试：");
            near.hidden = false;
            var way = near.appendChild(results.link({ q: one.query, sort: "" }, one.word));
            way.dataset.near = one.word;
            way.appendChild(make("em", "", results.comma(one.count)));
          });
        });
      });
      var head = node.appendChild(make("p", "none__t", "放宽一个条件：")), list = node.appendChild(make("ul", "none__w"));
      function loosen(items) {
        list.append.apply(list, items);
        head.hidden = list.hidden = !list.children.length;
      }
      loosen(looser(found));
      fewer(state, hits).then(loosen).catch(() => {});
      var out = node.appendChild(make("p", "none__o")), home = make("a", "", "看展厅"), whole = results.link({ q: "", facets: place.none(state), years: null }, "清除全部条件"), help = make("a", "", "告诉我们少了什么");
      var page = /^file:/.test(engine.site) ? "index.html" : "";
      home.href = engine.pages + page + "#halls";
      help.href = engine.pages + "correction/" + page;
      out.append(whole, home, help);
      return node;
    }
    // for each condition, what the list would hold without its whole facet
    function without(state, found) {
      return found.conditions.map((condition, nth) => {
        var patch = condition.name === "year" ? { years: null } : { facets: {} };
        if (patch.facets) patch.facets[condition.name] = [];
        var words = results.conditions(state).filter(one => one.facet === condition.name).map(one => one.words);
        return { count: found.off[nth], patch: patch, words: words.join("、") };
      });
    }
    // a single entry: below it the ways to more
    function outward(state, found) {
      var ways = make("ul", "none__w"), items = looser({ count: found.count, without: without(state, found) });
      ways.append.apply(ways, items);
      return items.length ? [make("p", "none__t", "放宽一个条件："), ways] : [];
    }
    // nothing meets all of it: what would, without one condition or without the words; else with one condition alone
    function nothing(state, found) {
      var ways = without(state, found);
      function kept(ids, conditions) { return C.narrow(ids, conditions, []).ids.length; }
      return (found.hits && found.conditions.length ? place.lists.usual() : Promise.resolve(null)).then(all => {
        if (all) ways.push({ count: kept(all, found.conditions), patch: { q: "", sort: "" }, words: state.q.trim() });
        var alone = ways.some(one => one.count) ? [] : found.conditions.map((condition, nth) => {
          var patch = { q: "", facets: place.none(state), years: condition.name === "year" ? state.years : null };
          if (condition.name !== "year") patch.facets[condition.name] = state.facets[condition.name];
          return { count: kept(all || found.whole, [condition]), patch: patch, words: ways[nth].words };
        });
        return none(state, { count: 0, hits: found.hits, without: ways, alone: alone });
      });
    }
    return { nothing: nothing, outward: outward };
  };
})(window);
