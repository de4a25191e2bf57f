// Messages over time, stacked by series.
export function histogram(data, look) {
  return {
    tooltip: {
      ...look.tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: look.token('--line'), opacity: 0.5 } },
      formatter: points => [
        data.titles[points[0].dataIndex],
        ...points.filter(point => point.value > 0).reverse().map(point => `${point.seriesName}  ${point.value.toLocaleString('en')}`),
      ].join('\n'),
    },
    xAxis: {
      ...look.axis,
      type: 'category',
      data: data.labels,
      axisLabel: { ...look.font, hideOverlap: true, interval: Math.max(0, Math.ceil(data.labels.length / Math.max(2, Math.floor(look.width / 96))) - 1) },
    },
    yAxis: { ...look.values, minInterval: 1 },
    series: data.series.map(series => ({
      type: 'bar',
      name: series.name,
      stack: 'all',
      barCategoryGap: '18%',
      data: series.values,
      itemStyle: { color: look.colour(series.swatch) },
      emphasis: { focus: 'none' },
    })),
  };
}
