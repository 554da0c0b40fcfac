// Results by year, newest first, and by edition inside a year; bars of all years narrow to a year or a span of years.
(() => {
  "use strict";
  var SIZE = 24, views = window.exhibitionViews = window.exhibitionViews || {}, last = "";

  function make(tag, className, words) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) node.textContent = words;
    return node;
  }
  function count(number) { return number.toLocaleString("en") + " 项"; }

  // years descending; the first value of an entry is its newest
  function byYear(place, years, editions) {
    function first(column, id) {
      var values = column ? column.of(id) : [];
      return values.length ? Math.min.apply(null, Array.from(values)) : Infinity;
    }
    return Array.from(place.ids).map((id, at) => ({
      id: id,
      at: at,
      year: first(years, id),
      edition: first(editions, id)
    })).sort((a, b) => {
      if (a.year !== b.year) return a.year < b.year ? -1 : 1;
      if (a.edition !== b.edition) return a.edition < b.edition ? -1 : 1;
      return a.at - b.at;
    });
  }
  function tally(all, keyOf) {
    return all.reduce((found, one) => found.set(keyOf(one), (found.get(keyOf(one)) || 0) + 1), new Map());
  }
  function groupOf(one) { return one.year + "/" + one.edition; }

  // --- bars ----------------------------------------------------------------------------------------------------------

  // one year; a second one makes a span; a year of a span stands alone again
  function span(chosen, year) {
    if (chosen && chosen[0] === year && chosen[1] === year) return null;
    if (!chosen || chosen[0] !== chosen[1]) return [year, year];
    return [Math.min(chosen[0], year), Math.max(chosen[0], year)];
  }
  function bars(place, years, counts) {
    var known = years.labels.map((label, at) => ({
      year: +label,
      count: counts[at]
    }))
      .filter(one => one.count && one.year).sort((a, b) => a.year - b.year);
    var most = Math.max.apply(null, known.map(one => one.count).concat(1));
    var chosen = place.state.years, box = make("div", "bars"), list = make("ul", "bars__l");
    if (known.length < 2 && !chosen) return null;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "各年的数量");
    known.forEach(one => {
      var item = list.appendChild(make("li")), bar = item.appendChild(make("button", "bar"));
      var inside = chosen && (chosen[0] || 0) <= one.year && one.year <= (chosen[1] || 9999);
      bar.type = "button";
      bar.dataset.year = String(one.year);
      bar.setAttribute("aria-pressed", String(!!inside));
      bar.append(make("b", "", one.year), make("span", "vh", "年 "), make("i"), make("span", "bar__n", one.count.toLocaleString("en")), make("span", "vh", " 项"));
      bar.style.setProperty("--part", String(Math.max(one.count / most, 0.02)));
      bar.addEventListener("click", () => {
        last = bar.dataset.year;
        place.go({ years: span(chosen, one.year) });
      });
    });
    box.appendChild(list);
    var hint = box.appendChild(make("p", "bars__n"));
    if (!chosen) {
      hint.textContent = "点一年，只看这一年；再点另一年，看这一段。";
      return box;
    }
    var every = hint.appendChild(make("button", "", "看全部年份"));
    every.type = "button";
    every.addEventListener("click", () => {
      last = "*";
      place.go({ years: null });
    });
    return box;
  }

  // --- list ----------------------------------------------------------------------------------------------------------

  function line(place, record, mixed) {
    var item = make("li"), way = make("a", "when__a"), words = [mixed && record.kind, record.by, record.people].filter(Boolean).join("　");
    item.dataset.result = record.path;
    way.href = place.href(record);
    way.appendChild(make("span", "when__t", record.title));
    if (words) way.appendChild(make("span", "meta", words));
    if (record.seal) way.appendChild(make("span", "when__g", record.seal.text));
    item.appendChild(way);
    return item;
  }
  function list(place, part, records, names) {
    var mixed = records.some(record => record.kind !== records[0].kind);
    var box = make("div", "years-list"), body = null, year = null, edition = null, lines = null;
    part.forEach((one, at) => {
      if (year !== one.year) {
        year = one.year;
        edition = null;
        var section = box.appendChild(make("section", "when-year"));
        var head = section.appendChild(make("h2", "", year === Infinity ? "未注明年份" : names.years.labels[year]));
        head.appendChild(make("small", "", count(names.inYear.get(year))));
        body = section.appendChild(make("div"));
        lines = null;
      }
      if (edition !== one.edition || !lines) {
        edition = one.edition;
        if (names.editions && names.inGroup.get(groupOf(one)) < names.inYear.get(year) || edition !== Infinity) {
          var title = body.appendChild(make("h3", "", edition === Infinity ? "未归入展期" : names.editions.labels[edition]));
          title.appendChild(make("small", "", count(names.inGroup.get(groupOf(one)))));
        }
        lines = body.appendChild(make("ul"));
      }
      lines.appendChild(line(place, records[at], mixed));
    });
    return box;
  }

  views.timeline = place => {
    var has = place.columns.facets.map(facet => facet.name);
    return Promise.all([
      has.indexOf("year") >= 0 ? place.columns.facet("year") : null,
      has.indexOf("edition") >= 0 ? place.columns.facet("edition") : null,
      has.indexOf("year") >= 0 ? place.counts("year") : null
    ]).then(found => {
      var years = found[0], editions = found[1], all = byYear(place, years, editions);
      var part = all.slice((place.state.page - 1) * SIZE, place.state.page * SIZE);
      return place.columns.records(part.map(one => one.id)).then(records => {
        var names = { years: years, editions: editions, inYear: tally(all, one => one.year), inGroup: tally(all, groupOf) };
        var chart = years ? bars(place, years, found[2]) : null;
        place.root.replaceChildren.apply(place.root, [chart, list(place, part, records, names)].filter(Boolean));
        var back = last && place.root.querySelector(last === "*" ? ".bars button" : '[data-year="' + last + '"]');
        last = "";
        // the view stands in the page only after this promise
        if (back) setTimeout(() => { back.focus({ preventScroll: true }); });
      });
    });
  };
})();
