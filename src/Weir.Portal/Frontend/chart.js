// Charts. Colours come from the style sheet, so that a change of theme redraws them. Tooltips are drawn text, never HTML.
import { BarChart, LineChart, PieChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, BrushComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { answer } from './chart/answer.js';
import { flow } from './chart/flow.js';
import { histogram } from './chart/histogram.js';

use([BarChart, LineChart, PieChart, SankeyChart, BrushComponent, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

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
    this.resize = new ResizeObserver(() => {
      this.chart.resize();
      // Names beside bars need room that only the new width tells.
      if (this.data?.kind === 'flow') {
        this.draw(this.data);
      }
    });
    this.resize.observe(element);
    this.chart.on('brushEnd', event => this.brushed(event.areas[0]));
    this.redraw = () => this.data && this.draw(this.data);
    document.addEventListener('weir:preference', this.redraw);
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.dark.addEventListener('change', this.redraw);
  }

  draw(data) {
    this.data = data;
    this.chart.setOption({
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      animationDuration: 120,
      animationDurationUpdate: 120,
      aria: { enabled: true, decal: { show: matchMedia('(prefers-contrast: more)').matches } },
      grid: { left: 4, right: 12, top: 8, bottom: 2, containLabel: true },
      ...({ flow }[data.kind] ?? (data.kind ? answer : histogram))(data, this.look()),
      ...(this.dotnet ? { brush: this.brush() } : {}),
    }, { notMerge: true });
    if (this.dotnet) {
      this.chart.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: 'lineX', brushMode: 'single' } });
    }
  }

  /** Bars are drawn over to look into their time. */
  brush() {
    const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
    return { toolbox: [], xAxisIndex: 0, transformable: false, brushStyle: { borderWidth: 1, color: 'rgba(120, 150, 190, 0.25)', borderColor: accent }, outOfBrush: { colorAlpha: 1 } };
  }

  brushed(area) {
    if (area && this.dotnet) {
      const [first, last] = area.coordRange.map(Math.round);
      this.chart.dispatchAction({ type: 'brush', areas: [] });
      this.dotnet.invokeMethodAsync('Zoom', Math.max(0, first), Math.min(this.data.labels.length - 1, last));
    }
  }

  /** What charts of one page have in common. */
  look() {
    const style = getComputedStyle(document.documentElement);
    const token = name => style.getPropertyValue(name).trim();
    const font = { fontFamily: token('--font'), fontSize: 11, color: token('--text3') };
    return {
      token,
      font,
      width: this.element.clientWidth,
      colour: swatchColour,
      axis: { axisTick: { show: false }, axisLine: { lineStyle: { color: token('--line2') } } },
      values: {
        type: 'value',
        splitNumber: 3,
        axisLabel: { ...font, hideOverlap: true, formatter: value => value.toLocaleString('en') },
        splitLine: { lineStyle: { color: token('--line') } },
      },
      tooltip: {
        renderMode: 'richText',
        confine: true,
        backgroundColor: token('--raised'),
        borderColor: token('--line2'),
        textStyle: { ...font, fontSize: 12, color: token('--text') },
      },
    };
  }

  dispose() {
    document.removeEventListener('weir:preference', this.redraw);
    this.dark.removeEventListener('change', this.redraw);
    this.resize.disconnect();
    this.chart.dispose();
  }
}
