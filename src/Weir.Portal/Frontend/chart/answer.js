// Charts of an answer (render in KQL). Times are UTC, as in its rows.
const number = value => value.toLocaleString('en', { maximumFractionDigits: 3 });
const short = text => text.length > 40 ? `${text.slice(0, 39)}…` : text;

export function answer(data, look) {
  return data.kind === 'pie' ? pie(data, look) : along(data, look);
}

function along(data, look) {
  const isLine = data.kind === 'line' || data.kind === 'area';
  const points = {
    ...look.axis,
    type: { time: 'time', number: 'value', text: 'category' }[data.axis],
    axisLabel: {
      ...look.font,
      hideOverlap: true,
      formatter: data.axis === 'text' ? short : undefined,
      ...(data.kind === 'bar' ? { width: Math.min(220, look.width * 0.35), overflow: 'truncate' } : {}),
    },
    ...(data.axis === 'text' ? { data: data.points } : { scale: true, splitLine: { show: false } }),
    ...(data.kind === 'bar' ? { inverse: true } : {}),
  };
  const upright = data.kind === 'bar' ? { xAxis: look.values, yAxis: points } : { xAxis: points, yAxis: look.values };
  return {
    ...upright,
    useUTC: true,
    tooltip: {
      ...look.tooltip,
      trigger: 'axis',
      axisPointer: { type: isLine ? 'line' : 'shadow', shadowStyle: { color: look.token('--line'), opacity: 0.5 } },
      formatter: hit => [
        data.axis === 'time' ? new Date(data.points[hit[0].dataIndex]).toISOString().replace('T', ' ').slice(0, 19) : String(data.points[hit[0].dataIndex]),
        ...hit.map(point => [point.seriesName, Array.isArray(point.value) ? point.value[1] : point.value]).filter(([, value]) => typeof value === 'number')
          .map(([name, value]) => `${short(name)}  ${number(value)}`),
      ].join('\n'),
    },
    series: data.series.map(series => ({
      type: isLine ? 'line' : 'bar',
      name: series.name,
      stack: data.kind === 'area' ? 'all' : undefined,
      areaStyle: data.kind === 'area' ? { opacity: 0.5 } : undefined,
      showSymbol: data.points.length < 40,
      symbolSize: 5,
      lineStyle: { width: 2 },
      barMaxWidth: 40,
      data: data.axis === 'text' ? series.values : series.values.map((value, at) => [data.points[at], value]),
      itemStyle: { color: look.colour(series.swatch) },
      emphasis: { focus: 'none' },
    })),
  };
}

function pie(data, look) {
  const total = data.series.reduce((sum, slice) => sum + slice.values[0], 0);
  const words = (name, value) => `${short(name)}  ${number(value)} (${(100 * value / total).toFixed(1)} %)`;
  return {
    tooltip: { ...look.tooltip, trigger: 'item', formatter: slice => words(slice.name, slice.value) },
    series: [{
      type: 'pie',
      radius: ['45%', '82%'],
      label: { show: look.width > 480, ...look.font, color: look.token('--text2'), formatter: slice => words(slice.name, slice.value) },
      labelLine: { lineStyle: { color: look.token('--line2') } },
      itemStyle: { borderColor: look.token('--surface'), borderWidth: 1 },
      emphasis: { focus: 'none' },
      data: data.series.map(slice => ({ name: slice.name, value: slice.values[0], itemStyle: { color: look.colour(slice.swatch) } })),
    }],
  };
}
