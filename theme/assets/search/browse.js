// A part of a page that can be narrowed: keeps its state in the address and shows the list that the state asks for. See docs/browse.md.
(root => {
  "use strict";
  var SIZE = 24, EARLY = 6, LITTLE = 8, SLOW = 300, TYPING = 200, PROMOTED = 3, FIRST = 6, WIDE = "(min-width: 60rem)", C = root.exhibitionColumns, S = root.exhibitionState;
  var scrolls = {};
  root.exhibitionViews = root.exhibitionViews || {};
  try {
    scrolls = JSON.parse(sessionStorage.getItem("exhibition.scroll")) || {};
  } catch (error) {
    // without storage a list begins at its top
  }

  function viewScript(name) { return root.exhibitionViews[name] ? Promise.resolve() : root.exhibitionBoot.fetched("views/" + name + ".js"); }

  // `given.input` is a field outside of the part; `given.tabs` shows the kinds above the list
  root.exhibitionBrowse = (node, given) => {
    var engine = root.exhibitionEngine, lists = root.exhibitionLists(engine, node.dataset.scope || ""), style = node.dataset.view || "list";
    var main = node.querySelector(".browse__m"), fixed = node.querySelectorAll("[data-static]");
    var state = S.parse("", []), columns = {}, facets = [], turn = 0, measure = "条", touched = null, after = null, timer = 0, composing = false;
    var panel = null, coming = null, standing = "";
    var place = {
      node: node, engine: engine, style: style, lists: lists, address: address, none: function (of) { return Object.keys(of.facets).reduce((found, name) => { found[name] = []; return found; }, {}); },
      columnOf: function (name) { return columns[name]; }, labelOf: function (name) { var one = facets.find(facet => facet.name === name); return one ? one.label : name; },
      measure: function () { return measure; }, can: can, go: go, counted: counted, side: null, again: function () { return show(); }, frugal: function () { return !!state.q.trim() && !S.narrows(state); },
      // for what people do with facets
      state: function () { return state; }, facets: function () { return facets.filter(one => !one.apart); }, commit: commit, keep: keep, write: write,
      back: function (focus) { main.scrollIntoView(); if (focus) count.focus({ preventScroll: true }); }, above: function () { return main.getBoundingClientRect().top < 0; }
    };
    var results = root.exhibitionResults(place), make = results.make, side = place.side = make("section", "facets no-print"), stubs = side.appendChild(make("div", "facets__b")), all = side.appendChild(make("button", "facets__a", "更多条件"));

    // --- what stands there ---------------------------------------------------------------------------------------------

    var tools = make("div", "tools no-print"), narrow = tools.appendChild(make("button", "tools__f", "筛选")), promoted = tools.appendChild(make("span", "tools__p"));
    var sorting = make("label", "tools__s", "排序"), select = sorting.appendChild(make("select")), shown = make("span", "tools__v");
    var form = make("form", "tools__q"), input = (given && given.input) || form.appendChild(make("input"));
    var live = make("div", "live"), bar = live.appendChild(make("p", "list__bar")), count = bar.appendChild(make("span")), at = bar.appendChild(make("span", "list__at")), order = bar.appendChild(make("span", "list__o"));
    var tabs = live.appendChild(make("nav", "find__t no-print")), chips = live.appendChild(make("div")), asked = live.appendChild(make("p", "live__a"));
    var loose = live.appendChild(make("p", "live__n", "没有一处把这些字连在一起；下面是字都有的。"));
    var also = live.appendChild(make("div", "live__s no-print")), list = live.appendChild(make("div", "live__l")), foot = live.appendChild(make("div"));
    loose.hidden = true;
    narrow.type = "button";
    count.setAttribute("role", "status");
    count.tabIndex = -1;
    count.dataset.count = "";
    tabs.dataset.tabs = "";
    tabs.setAttribute("aria-label", "种类");
    list.dataset.results = "";
    if (!given || !given.input) {
      input.type = "search";
      input.placeholder = "在这里找";
      input.maxLength = 200;
      input.setAttribute("aria-label", "在这个列表里找");
      form.setAttribute("role", "search");
      tools.appendChild(form);
    }
    tools.append(sorting, shown);
    live.hidden = true;
    main.insertBefore(live, main.firstChild);
    main.insertBefore(tools, live);
    side.hidden = !matchMedia(WIDE).matches;
    side.setAttribute("aria-label", "筛选");
    all.hidden = true;
    node.insertBefore(side, node.firstChild);
    Array.from(node.querySelectorAll(".browse__open")).forEach(one => { one.remove(); });
    node.classList.add("browse--on");
    var outer = node.closest(".list__g");
    if (outer) outer.classList.add("list__g--all", "list__g--on");

    function can(view) { return view !== "tiles" || lists.known("region"); }

    // --- the list ------------------------------------------------------------------------------------------------------

    // the conditions of a state, each with its column; a facet that is not here is passed over
    function conditions(of) {
      var names = Object.keys(of.facets).filter(lists.known).concat(of.years && lists.known("year") ? ["year"] : []);
      return Promise.all(names.map(name => lists.column(name).then(column => {
        columns[name] = column;
        return { name: name, column: column, wanted: name === "year" ? C.between(column, of.years) : C.chosen(column, of.facets[name]) };
      })));
    }
    function sequence(of, hits) {
      var sort = of.sort && of.sort !== "relevance" ? of.sort : "";
      if (!hits) return lists.sequence(sort);
      if (!sort) return lists.base().then(base => base.length ? C.narrow(hits.ids, base, []).ids : hits.ids);
      return lists.sequence(sort).then(all => {
        var met = new Set(hits.ids);
        return all.filter(id => met.has(id));
      });
    }
    // everything that a state needs from the index
    function gathered(of) {
      var hits = of.q.trim() ? engine.search(of.q) : Promise.resolve(null);
      return Promise.all([lists.facets(of), lists.sorts(of), lists.kinds(of)]).then(got => {
        facets = got[0].concat(lists.names().filter(name => !got[0].some(one => one.name === name)).map(name => ({
          name: name,
          label: name,
          apart: true
        })));
        if (panel) panel.arrange(got[0], of);
        return Promise.all([conditions(of), panel ? panel.wanted() : [], hits, given && given.tabs ? lists.column("kind") : null]).then(more => sequence(of, more[2]).then(ids => {
          var counted = more[1].concat(more[3] && more[1].indexOf(more[3]) < 0 ? [more[3]] : []);
          var found = C.narrow(ids, more[0], counted), counts = {};
          counted.forEach((column, nth) => { counts[column.name] = found.counts[nth]; });
          measure = lists.measure(got[2]);
          return { ids: found.ids, count: found.ids.length, counts: counts, hits: more[2], sorts: got[1], kind: more[3], conditions: more[0], off: found.without, whole: ids };
        }));
      });
    }
    function show(then) {
      var mine = ++turn, of = state;
      // a facet that opens meanwhile asks again; what was to come after still does
      after = then || after;
      var slow = setTimeout(() => { if (mine === turn && !S.idle(of)) count.textContent = "正在查找…"; }, SLOW);
      return lists.ready().then(() => gathered(of)).then(found => {
        if (mine !== turn) return null;
        var pages = Math.max(1, Math.ceil(found.count / SIZE)), first = (Math.min(of.page, pages) - 1) * SIZE;
        if (of.page > pages) of = state = S.patched(of, { page: pages });
        found.pages = pages;
        var ids = found.ids.slice(first, first + SIZE);
        var whole = S.idle(of) || !ids.length ? Promise.resolve([]) : records(found, ids);
        whole.catch(() => {});
        return Promise.all([few(of, found) ? engine.records(Array.from(ids.slice(0, EARLY))) : whole, otherwise(of, found)]).then(got => {
          if (mine !== turn) return null;
          clearTimeout(slow);
          also.replaceChildren.apply(also, got[1] ? [got[1]] : []);
          return drawn(of, found, { first: first, records: got[0], whole: whole, label: touched });
        }).then(() => {
          if (mine !== turn) return;
          beside(of);
          var next = after;
          after = touched = null;
          if (next) next();
        });
      }).catch(error => {
        clearTimeout(slow);
        if (mine !== turn) return;
        failed();
        throw error;
      });
    }
    // where nothing stood before, the first of a list are drawn while the others come; unless these settle the order
    function few(of, found) {
      var view = of.view || style;
      return !S.idle(of) && !list.children.length && (!found.hits || found.hits.sure) && (view === "list" || view === "cards");
    }
    function records(found, ids) {
      return found.hits ? engine.page(found.hits, Array.from(ids), !!state.sort && state.sort !== "relevance") : engine.records(Array.from(ids));
    }
    function failed() {
      list.removeAttribute("aria-busy");
      standing = "";
      live.hidden = false;
      Array.from(fixed).forEach(part => { part.hidden = false; });
      [tabs, also, list, foot, chips, at, order, asked].forEach(part => { part.replaceChildren(); });
      loose.hidden = true;
      sorting.hidden = !select.options.length;
      count.textContent = "现在读不到数据，请刷新再试。";
    }

    // a script that did not come (an event, no error) is told; the next who turns to it asks again
    function lost(error) {
      failed();
      if (error instanceof Error) throw error;
    }

    function drawn(of, found, page) {
      var idle = S.idle(of), words = results.comma(found.count) + " " + measure;
      (panel ? panel.steady : (_, change) => { change(); })(page.label, () => {
        if (panel) panel.show(of, found.counts, words);
        head(of, found, words);
        live.hidden = idle;
        Array.from(fixed).forEach(part => { part.hidden = !idle; });
        node.classList.toggle("browse--live", !idle);
        list.removeAttribute("aria-busy");
        if (idle) list.replaceChildren();
        if (idle) standing = "";
      });
      // the same list again, where only the facets have changed: it stays as it is
      if (idle || standing === S.query(of)) return null;
      foot.replaceChildren(results.pager(found.pages, of));
      if (found.count === 1 && found.conditions.length) spare().then(none => { if (state === of) foot.append.apply(foot, none.outward(of, found)); });
      standing = "";
      return Promise.resolve(!found.count ? nothing(of, found) : apart(of, page) ? scattered() : body(of, found, page)).then(() => { if (state === of) standing = S.query(of); });
    }

    // --- the facets, whose code comes after the first list or when somebody turns to it --------------------------------------

    function paneled() {
      coming = coming || root.exhibitionBoot.fetched("facets.js").then(() => {
        panel = root.exhibitionChoosing(place);
        return panel;
      }, error => {
        coming = null;
        throw error;
      });
      return coming;
    }
    function beside(of) {
      all.hidden = side.classList.contains("facets--all") || stubs.children.length <= FIRST;
      if (panel || coming || !matchMedia(WIDE).matches) return;
      if (!place.frugal()) {
        paneled().then(() => { show(); }, () => {});
        return;
      }
      // with words only: closed facets, by their names
      stubs.replaceChildren.apply(stubs, place.facets().map(one => {
        var stub = make("details", "fac");
        stub.dataset.facet = one.name;
        stub.appendChild(make("summary", "", one.label));
        stub.addEventListener("toggle", () => { if (!panel) paneled().then(() => { show(); }, () => {}); });
        return stub;
      }));
      all.hidden = stubs.children.length <= FIRST;
    }
    // where nothing or one thing is found: what would be, if less were asked
    function spare() { return root.exhibitionBoot.fetched("near.js").then(() => root.exhibitionNone(place, results)); }
    // other names of what little was found of; they come with the first records, so that nothing moves
    function otherwise(of, found) {
      if (!found.hits || found.hits.empty || found.count > LITTLE) return null;
      return root.exhibitionBoot.fetched("also.js").then(() => root.exhibitionAlso(place, results, of, found.hits.terms)).catch(() => null);
    }
    // how many the present conditions leave of another query
    function counted(query) {
      var of = S.patched(state, { q: query, sort: "" });
      return Promise.all([conditions(of), engine.candidates(query)]).then(got => sequence(of, got[1]).then(ids => C.narrow(ids, got[0], []).ids.length));
    }
    function nothing(of, found) {
      var mine = turn;
      return spare().then(none => none.nothing(of, found)).then(said => { if (mine === turn) list.replaceChildren(said); });
    }
    // a page of entries that were looked up in their texts, and have what was asked for side by side nowhere
    function apart(of, page) { return !page.records.length && ["timeline", "tiles"].indexOf(of.view || style) < 0; }
    function scattered() {
      var note = make("p", "none", "这一页的条目都没有把这些字连在一起，不列出。");
      note.dataset.none = "";
      list.replaceChildren(note);
    }
    // the same way among the new ones has the focus that the former had: the first results are told before all is counted
    function exchange(box, nodes) {
      var had = box.contains(document.activeElement) ? document.activeElement.textContent : null;
      box.replaceChildren.apply(box, nodes);
      var next = had !== null && Array.from(box.querySelectorAll("a,button,select")).find(one => one.textContent === had);
      if (next) next.focus({ preventScroll: true });
    }
    function head(of, found, words) {
      count.dataset.count = found.count;
      count.replaceChildren(found.hits && !found.hits.sure && found.count ? "约 " : "", make("b", "", results.comma(found.count)), " " + measure);
      at.textContent = found.pages > 1 ? "第 " + of.page + " 页，共 " + found.pages + " 页" : "";
      var sort = found.sorts.find(one => one.name === of.sort);
      order.textContent = of.view === "timeline" ? "按年份排列，近的在前" : sort ? "按" + sort.label.replace("，", "排列，") : of.q.trim() ? "按相关程度排列" : node.dataset.order || "";
      asked.textContent = results.asked(of);
      loose.hidden = !(found.hits && found.hits.loose && found.count);
      exchange(chips, [results.chips(of)]);
      exchange(shown, results.views(of));
      sorting.hidden = of.view === "timeline";
      sorter(of, found.sorts);
      promotion(of);
      var number = Object.keys(of.facets).reduce((sum, name) => sum + of.facets[name].length, of.years ? 1 : 0);
      narrow.textContent = number ? "筛选 " : "筛选";
      if (number) narrow.appendChild(make("b", "", number));
      if (given && given.tabs) kinds(of, found);
      if (document.activeElement !== input) input.value = of.q;
    }
    function sorter(of, sorts) {
      var names = sorts.map(one => one.name).join(" ");
      if (select.dataset.sorts !== names) {
        select.dataset.sorts = names;
        var usual = node.dataset.order || "按种类排列";
        select.replaceChildren.apply(select, (of.q.trim() ? [] : [new Option(usual.replace(/^按|排列.*$/g, ""), "")]).concat(sorts.map(one => new Option(one.label, one.name === "relevance" ? "" : one.name))));
      }
      select.value = of.sort;
    }
    // the first facets also stand above the list on phones, where the column is not
    function promotion(of) {
      var names = facets.filter(one => !one.apart && !(one.name === "kind" && given && given.tabs)).slice(0, PROMOTED);
      exchange(promoted, names.map(one => {
        var way = make("button", "tools__o", one.label);
        way.type = "button";
        if (of.facets[one.name]) way.appendChild(make("b", "", of.facets[one.name].length));
        way.addEventListener("click", () => { turnTo(way, one.name); });
        return way;
      }));
    }
    function kinds(of, found) {
      var now = of.facets.kind || [], counts = found.counts.kind, sum = 0, rest = Object.assign({}, { kind: [] });
      var ways = lists.kindList().map((kind, nth) => {
        if (!counts[nth]) return null;
        sum += counts[nth];
        var way = results.link({ facets: { kind: [kind.name] } }, kind.label, now.length === 1 && now[0] === kind.name ? "true" : "");
        way.appendChild(make("em", "", results.comma(counts[nth])));
        return way;
      }).filter(Boolean), all = results.link({ facets: rest }, "全部", now.length ? "" : "true");
      all.appendChild(make("em", "", results.comma(sum)));
      tabs.hidden = ways.length < 2;
      exchange(tabs, [all].concat(ways));
    }

    function body(of, found, page) {
      var view = of.view || style, terms = found.hits ? found.hits.terms : null;
      if (view === "cards" || view === "list") {
        var box = make(view === "list" ? "ol" : "ul"), mine = turn, began = 0;
        if (view === "list") box.start = page.first + 1;
        var add = records => {
          var single = records.every(record => record.kind === records[0].kind);
          box.className = view === "list" ? "rows" + (single ? " rows--same" : "") : "hang hang--3";
          box.append.apply(box, records.slice(began).map(record => results.drawn(view === "list" ? "row" : "card", record, terms)));
          began = records.length;
        };
        add(page.records);
        list.setAttribute("aria-busy", "true");
        list.replaceChildren(box);
        return page.whole.then(records => {
          if (mine !== turn) return;
          add(records);
          list.removeAttribute("aria-busy");
          announce();
        });
      }
      var holder = make("div", "view view--" + view), mine = turn;
      return viewScript(view).then(() => root.exhibitionViews[view]({
        root: holder, ids: found.ids, shown: page.records, first: page.first, state: of, go: go, address: address, sorts: found.sorts,
        columns: { facets: place.facets(), facet: lists.column, records: function (ids) { return engine.records(Array.from(ids)); }, listed: ids => records(found, ids) },
        counts: function (name) {
          return lists.column(name).then(column => C.narrow(found.whole, found.conditions, [column]).counts[0]);
        },
        href: results.href, row: function (record) { return results.drawn("row", record, terms); }, card: function (record) { return results.drawn("card", record, terms); }
      })).then(() => {
        if (mine !== turn) return;
        list.replaceChildren(holder);
        announce();
      });
    }
    // others that look after what a list shows (the visitor's own list) hear of it
    function announce() { node.dispatchEvent(new CustomEvent("exhibition:shown", { bubbles: true })); }

    // --- address and history -------------------------------------------------------------------------------------------

    function address(patch) {
      var words = S.query(S.patched(state, patch));
      return location.pathname + (words ? "?" + words : "");
    }
    function mark() { return (history.state && history.state.id) || 0; }
    function keep() {
      scrolls[mark()] = window.scrollY;
      try {
        sessionStorage.setItem("exhibition.scroll", JSON.stringify(scrolls));
      } catch (error) {
        // nothing is kept
      }
    }
    function restore() { window.scrollTo(0, scrolls[mark()] || 0); }
    function write(how, more) {
      var words = S.query(state), next = location.pathname + (words ? "?" + words : "");
      history[how === "push" ? "pushState" : "replaceState"](Object.assign({ id: how === "push" ? Date.now() : mark() || Date.now() }, more), "", next);
    }
    function commit(next, how, then, label) {
      keep();
      touched = label;
      state = next;
      if (how === "push" && S.query(next) === new URLSearchParams(location.search).toString()) how = "replace";
      write(how, how === "replace" && sheet() ? { sheet: true } : null);
      return show(then);
    }
    function go(patch, how) { return commit(S.patched(state, patch), how || "push"); }
    function sheet() { return !!panel && panel.isSheet(); }
    function turnTo(from, name) { return paneled().then(() => panel.turn(from, name)).catch(lost); }

    // --- what people do ------------------------------------------------------------------------------------------------

    narrow.addEventListener("click", () => { turnTo(narrow); });
    all.type = "button";
    all.addEventListener("click", () => {
      side.classList.add("facets--all");
      all.hidden = true;
      var next = stubs.children[FIRST];
      if (next) next.querySelector("summary").focus();
    });
    select.addEventListener("change", () => { go({ sort: select.value }); });
    function typed(how) {
      clearTimeout(timer);
      if (input.value.trim() === state.q.trim()) return how === "submit" ? show() : null;
      return go({ q: input.value.slice(0, 200), sort: "" }, how === "submit" || S.idle(state) ? "push" : "replace");
    }
    function later() {
      clearTimeout(timer);
      if (!composing) timer = setTimeout(typed, TYPING);
    }
    input.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
    input.addEventListener("compositionend", () => { composing = false; later(); });
    input.addEventListener("input", event => { if (!event.isComposing) later(); });
    input.form.addEventListener("submit", event => {
      event.preventDefault();
      typed("submit");
    });
    node.addEventListener("click", event => {
      var way = event.target.closest("[data-go]");
      if (!way || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      event.preventDefault();
      var chip = way.closest(".chips"), row = way.closest(".views,.find__t");
      commit(S.parse(new URL(way.href).search, lists.names()), "push", () => {
        var next = chip ? node.querySelector(".chips a") : row ? node.querySelector("." + row.className.split(" ")[0] + " [aria-current]") : null;
        (next || count).focus({ preventScroll: true });
        if (!chip && !row || bar.getBoundingClientRect().top < 0) bar.scrollIntoView();
      });
    });
    history.scrollRestoration = "manual";
    window.addEventListener("pagehide", keep);
    window.addEventListener("popstate", () => {
      if (sheet()) {
        panel.hide();
        write("replace");
        return;
      }
      state = S.parse(location.search, lists.names());
      input.value = state.q;
      show(restore);
    });

    return {
      // shows what the address asks for; `open` turns to the facets at once
      start: function (open) {
        // meanwhile what puts a list in order that no words have ordered
        if (!/[?&]q=./.test(location.search)) root.exhibitionBoot.fetched("orders.js");
        return lists.ready().then(() => {
          state = S.parse(location.search, lists.names());
          if (!mark()) history.replaceState({ id: Date.now() }, "");
          // with conditions the facets come with the list, so that what is chosen stands beside it
          return matchMedia(WIDE).matches && !place.frugal() ? paneled().catch(() => null) : null;
        }).then(() => {
          var entry = performance.getEntriesByType("navigation")[0];
          return show(!open && entry && entry.type !== "navigate" ? restore : null);
        }).then(() => { if (open) return turnTo(narrow); }).catch(lost);
      },
      go: go, input: input, state: function () { return state; }
    };
  };
})(window);
