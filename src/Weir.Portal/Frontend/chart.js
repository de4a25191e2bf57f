// A stacked histogram. Colours come from the style sheet, so that a change of theme redraws it. Tooltips are drawn text, never HTML.
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

const swatchColour = name => {
  const probe = document.createElement('i');
  probe.className = `swatch ${name}`;
  probe.hidden = false;
  document.body.append(probe);
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return colour;
};

export class Chart {
  constructor(element) {
    this.element = element;
    this.chart = init(element, null, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => this.chart.resize());
    this.resize.observe(element);
    this.redraw = () => this.data && this.draw(this.data);
    document.addEventListener('weir:preference', this.redraw);
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.dark.addEventListener('change', this.redraw);
  }

  draw(data) {
    this.data = data;
    const style = getComputedStyle(document.documentElement);
    const token = name => style.getPropertyValue(name).trim();
    const font = { fontFamily: token('--font'), fontSize: 11, color: token('--text3') };
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const wide = this.element.clientWidth;
    this.chart.setOption({
      animation: !reduced,
      animationDuration: 120,
      animationDurationUpdate: 120,
      aria: { enabled: true, decal: { show: matchMedia('(prefers-contrast: more)').matches } },
      grid: { left: 4, right: 8, top: 8, bottom: 2, containLabel: true },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        confine: true,
        backgroundColor: token('--raised'),
        borderColor: token('--line2'),
        textStyle: { ...font, fontSize: 12, color: token('--text') },
        axisPointer: { type: 'shadow', shadowStyle: { color: token('--line'), opacity: 0.5 } },
        formatter: points => [
          data.titles[points[0].dataIndex],
          ...points.filter(point => point.value > 0).reverse().map(point => `${point.seriesName}  ${point.value.toLocaleString('en')}`),
        ].join('\n'),
      },
      xAxis: {
        type: 'category',
        data: data.labels,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: token('--line2') } },
        axisLabel: { ...font, hideOverlap: true, interval: Math.max(0, Math.ceil(data.labels.length / Math.max(2, Math.floor(wide / 96))) - 1) },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 3,
        axisLabel: { ...font, formatter: value => value.toLocaleString('en') },
        splitLine: { lineStyle: { color: token('--line') } },
      },
      series: data.series.map(series => ({
        type: 'bar',
        name: series.name,
        stack: 'all',
        barCategoryGap: '18%',
        data: series.values,
        itemStyle: { color: swatchColour(series.swatch) },
        emphasis: { focus: 'none' },
      })),
    }, { notMerge: true });
  }

  dispose() {
    document.removeEventListener('weir:preference', this.redraw);
    this.dark.removeEventListener('change', this.redraw);
    this.resize.disconnect();
    this.chart.dispose();
  }
}
