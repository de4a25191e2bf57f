namespace Weir.Response.Tests.Support;

/// <summary>The process is killed here.</summary>
public sealed class KilledException : Exception;
