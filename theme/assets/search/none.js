// Where nothing or one thing is found: what was asked, words that are there, and ways to a longer list. Fetched only then.
(function (root) {
  "use strict";
  root.exhibitionNone = function (place, results) {
    var S = root.exhibitionState, engine = place.engine, make = results.make;

    function offered(patch, words, count) {
      var item = make("li"), way = item.appendChild(results.link(patch, words));
      way.dataset.looser = count;
      item.append(" 有 " + results.comma(count) + " " + place.measure());
      return item;
    }
    // without one condition, or with it alone
    function looser(found) {
      function ways(all, verb) {
        return all.filter(function (one) { return one.count > found.count; })
          .map(function (one) { return offered(one.patch, verb + "“" + one.words + "”", one.count); });
      }
      return ways(found.without, "去掉").concat(ways(found.alone || [], "只留"));
    }
    // without one of the words, as many as the present conditions leave
    function fewer(state, hits) {
      return Promise.all((hits ? hits.without : []).map(function (one) {
        return place.counted(one.query).then(function (count) {
          return count ? offered({ q: one.query, sort: "" }, "去掉“" + one.term.shown + "”", count) : null;
        });
      })).then(function (items) { return items.filter(Boolean); });
    }
    // words that are near a failed one, or parts of it, each with what it would find here
    function meant(state, term) {
      return engine.near(term).then(function (close) { return close.length ? close : engine.parts(term); }).then(function (words) {
        return Promise.all(words.map(function (word) {
          var query = state.q.replace(term.text, word);
          return place.counted(query).then(function (count) { return { word: word, query: query, count: count }; });
        }));
      }).then(function (all) { return all.filter(function (one) { return one.count; }); }).catch(function () { return []; });
    }
    function headline(state, hits) {
      var failed = hits ? hits.failed : [], terms = hits ? hits.terms.filter(function (term) { return !term.not; }) : [];
      function quoted(all) { return all.map(function (term) { return "“" + term.text + "”"; }); }
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
      (hits ? hits.failed : []).forEach(function (term) {
        meant(state, term).then(function (all) {
          all.forEach(function (one) {
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
      fewer(state, hits).then(loosen).catch(function () {});
      var out = node.appendChild(make("p", "none__o")), home = make("a", "", "看展厅"), whole = results.link({ q: "", facets: place.none(state), years: null }, "清除全部条件"), help = make("a", "", "告诉我们少了什么");
      var page = /^file:/.test(engine.site) ? "index.html" : "";
      home.href = engine.pages + page + "#halls";
      help.href = engine.pages + "correction/" + page;
      out.append(whole, home, help);
      return node;
    }
    return { none: none, looser: looser };
  };
})(window);
