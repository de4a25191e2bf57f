// The chart library is its own file, loaded when the first chart is drawn.
const charts = new Map();

export async function draw(id, data) {
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

  chart.draw(data);
}

export function dispose(id) {
  charts.get(id)?.dispose();
  charts.delete(id);
}
