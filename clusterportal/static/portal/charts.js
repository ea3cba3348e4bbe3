// Draws the charts of a page with plotly, from figures that the page holds as JSON. plotly is fetched when the first
// chart comes near the window, so that a page that is only glanced at does not pay for it. A chart's element names its
// figure in data-chart, its files in data-name, their title in data-title and its height in pixels in data-height; the
// buttons that save it as a picture are shown once it is drawn.
(function () {
  "use strict";

  const bundle = document.currentScript.dataset.plotly;
  const places = Array.from(document.querySelectorAll("[data-chart]"));
  const style = getComputedStyle(document.documentElement);
  // No menu of its own: nothing that sends the figures away, and the buttons are the page's, for keyboards too.
  const config = {
    displayModeBar: false, modeBarButtonsToRemove: ["sendChartToCloud"], plotlyServerURL: "", displaylogo: false,
    responsive: true, scrollZoom: false, doubleClick: false, locale: document.documentElement.lang,
  };
  const danish = {
    moduleType: "locale",
    name: "da",
    dictionary: {},
    format: {
      days: ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
      shortDays: ["søn", "man", "tir", "ons", "tor", "fre", "lør"],
      months: ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"],
      shortMonths: ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
      date: "%d.%m.%Y", decimal: ",", thousands: ".",
    },
  };

  // A figure names colours by the style sheet's tokens: "--brand" becomes the colour it stands for.
  function inColour(value) {
    if (typeof value === "string" && value.startsWith("--")) {
      return style.getPropertyValue(value).trim();
    }
    if (Array.isArray(value)) {
      return value.map(inColour);
    }
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inColour(inner)]));
    }
    return value;
  }

  function layout(own) {
    const line = style.getPropertyValue("--rule").trim();
    return {
      font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: style.getPropertyValue("--ink").trim() },
      margin: { l: 8, r: 8, t: 8, b: 8 },
      paper_bgcolor: "#fff", plot_bgcolor: "#fff",
      uniformtext: { minsize: 11, mode: "hide" }, dragmode: false, hovermode: "closest", separators: ",.", bargap: 0.25,
      legend: { orientation: "h", x: 0, y: -0.2, yanchor: "top", traceorder: "normal" },
      ...own,
      xaxis: { automargin: true, fixedrange: true, tickangle: 0, ...own.xaxis },
      yaxis: { automargin: true, fixedrange: true, gridcolor: line, zerolinecolor: line, rangemode: "tozero", tickformat: ",d", ...own.yaxis },
    };
  }

  // Room for the drawing before there is one; without script there is no room to leave empty.
  for (const place of places) {
    place.style.height = `${place.dataset.height}px`;
  }

  async function draw(place) {
    const figure = inColour(JSON.parse(document.getElementById(place.dataset.chart).textContent));
    await window.Plotly.newPlot(place, figure.data, layout(figure.layout), config);
    // A picture leaves the page, so it says itself what it shows.
    const title = { text: place.dataset.title, x: 0.02, xanchor: "left" };
    const picture = { data: figure.data, layout: { ...layout(figure.layout), title, margin: { l: 8, r: 8, t: 56, b: 8 } }, config };
    const buttons = place.parentElement.querySelector("[data-pictures]");
    buttons.hidden = false;
    buttons.addEventListener("click", function (event) {
      const format = event.target.closest("[data-picture]")?.dataset.picture;
      if (format) {
        window.Plotly.downloadImage(picture, { format, filename: place.dataset.name, width: 1000, height: Number(place.dataset.height) + 100, scale: 2 });
      }
    });
  }

  let fetched = null;
  function fetchOnce() {
    fetched ??= new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = bundle;
      script.addEventListener("load", function () {
        window.Plotly.register(danish);
        resolve();
      });
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    return fetched;
  }

  const watcher = new IntersectionObserver(
    function (entries) {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        watcher.unobserve(entry.target);
        fetchOnce().then(() => draw(entry.target));
      }
    },
    { rootMargin: "400px" },
  );
  places.forEach((place) => watcher.observe(place));
})();
