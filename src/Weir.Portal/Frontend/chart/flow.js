// Messages from layer to layer. Names of two layers may be the same, so a node's own name carries its layer.
const short = text => text.length > 28 ? `${text.slice(0, 27)}…` : text;
const id = (layer, name) => `${layer}:${name}`;
const nameOf = node => node.slice(node.indexOf(':') + 1);

export function flow(data, look) {
  const last = Math.max(...data.nodes.map(node => node.layer));
  const narrow = look.width < 560;
  return {
    tooltip: {
      ...look.tooltip,
      trigger: 'item',
      formatter: hit => hit.dataType === 'edge'
        ? `${nameOf(hit.data.source)} → ${nameOf(hit.data.target)}\n${hit.data.value.toLocaleString('en')} messages`
        : `${nameOf(hit.name)}\n${hit.value.toLocaleString('en')} messages`,
    },
    series: [{
      type: 'sankey',
      left: 8,
      right: narrow ? 8 : 150,
      top: 8,
      bottom: 8,
      nodeWidth: 12,
      nodeGap: 10,
      draggable: false,
      emphasis: { focus: narrow ? 'none' : 'adjacency' },
      label: { show: !narrow, ...look.font, color: look.token('--text2'), formatter: node => short(nameOf(node.name)) },
      lineStyle: { color: 'source', opacity: 0.25 },
      data: data.nodes.map((node, at) => ({
        name: id(node.layer, node.name),
        depth: node.layer,
        itemStyle: { color: look.colour(`s${(node.layer * 2 + at) % 12}`), borderWidth: 0 },
        label: node.layer === last || node.layer < last ? { position: 'right' } : undefined,
      })),
      links: data.links.map(link => ({ source: id(link.layer, link.from), target: id(link.layer + 1, link.to), value: link.value })),
    }],
  };
}
