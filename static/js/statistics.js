// The month's chart: visits a day as bars, on-time arrival as a line.
const days = JSON.parse(document.getElementById("days").textContent);
const place = document.getElementById("chart");
const chart = window.echarts.init(place, null, { renderer: "svg", height: 280 });

chart.setOption({
  animation: false,
  grid: { left: 40, right: 48, top: 36, bottom: 28 },
  legend: { top: 0 },
  tooltip: { trigger: "axis", renderMode: "richText" },
  xAxis: { type: "category", data: days.map((row) => row.day.slice(5)) },
  yAxis: [{ type: "value", minInterval: 1 }, { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value} %" }, splitLine: { show: false } }],
  series: [
    { name: place.dataset.visits, type: "bar", data: days.map((row) => row.visits), itemStyle: { color: "#0b7285" } },
    { name: place.dataset.onTime, type: "line", yAxisIndex: 1, connectNulls: true, data: days.map((row) => row.on_time === null ? null : Math.round(row.on_time)), itemStyle: { color: "#d9480f" } },
  ],
});
window.addEventListener("resize", () => chart.resize());
