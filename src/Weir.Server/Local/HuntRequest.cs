namespace Weir.Server.Local;

/// <summary>A question of <c>weir hunt</c>.</summary>
internal sealed record HuntRequest(string Query, double TimeoutSeconds);
