// Draws every chart of a page from the JSON beside it. The same numbers stand in a table next to each.
const TONES = {
  first: { itemStyle: { color: "#0b7285" } },
  second: { itemStyle: { color: "#d9480f" }, symbol: "diamond" },
  third: { itemStyle: { color: "#5f3dc4" } },
  fourth: { itemStyle: { color: "#2b8a3e" } },
  before: { itemStyle: { color: "#7b8794" }, lineStyle: { type: "dashed", width: 1.5 }, symbol: "none" },
};

function axis(facts, place) {
  const unit = facts.unit ? ` ${facts.unit}` : "";
  return {
    type: "value", max: facts.max ?? null, min: 0, minInterval: facts.unit ? 0 : 1,
    axisLabel: { formatter: `{value}${unit}` }, splitLine: { show: place === 0, lineStyle: { color: "#e4e9ee" } },
  };
}

function series(facts) {
  return {
    name: facts.name, type: facts.type, yAxisIndex: facts.axis, data: facts.data, barMaxWidth: 26, symbolSize: 6,
    connectNulls: false, ...TONES[facts.tone],
  };
}

/** A few names are all written, in lines if need be; of many days every so many. */
function names(facts, place) {
  const few = facts.x.length <= 10;
  const fit = few ? { interval: 0, overflow: "break", lineHeight: 14, width: (place.clientWidth - 60) / facts.x.length - 6 } : { hideOverlap: true };
  return { type: "category", data: facts.x, axisLabel: { color: "#47525d", ...fit }, axisTick: { show: false } };
}

function draw(place) {
  const facts = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 12, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: "#47525d" } },
    tooltip: { trigger: "axis", renderMode: "richText" },
    xAxis: names(facts, place),
    yAxis: facts.axes.map(axis),
    series: facts.series.map(series),
  });
  return chart;
}

const charts = [...document.querySelectorAll("[data-chart]")].map(draw);
window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
window.addEventListener("beforeprint", () => charts.forEach((chart) => chart.resize()));
