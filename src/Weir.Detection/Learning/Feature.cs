using Weir.Detection.Facts.Places;

namespace Weir.Detection.Learning;

/// <summary>Something of a message that may carry a learnt weight.</summary>
/// <param name="Name"><c>kind:what</c>, as people may read it: <c>word:wallet</c>, <c>link:shared-hosting</c>.</param>
/// <param name="Value">How much of it there is; above 0.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct Feature(string Name, float Value, Sighting? Place = null);
