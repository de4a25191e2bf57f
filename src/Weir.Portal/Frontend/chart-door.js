// The chart library is its own file, loaded when the first chart is drawn.
const charts = new Map();

/** `dotnet`, when there is one, is told which bars were drawn over. */
export async function draw(id, data, dotnet) {
  const element = document.getElementById(id);
  if (!element) {
    return;
  }

  const { Chart } = await import('./chart.js');
  let chart = charts.get(id);
  if (!chart || chart.element !== element) {
    chart?.dispose();
    chart = new Chart(element);
    charts.set(id, chart);
  }

  chart.dotnet = dotnet;
  chart.draw(data);
}

export function dispose(id) {
  charts.get(id)?.dispose();
  charts.delete(id);
}
