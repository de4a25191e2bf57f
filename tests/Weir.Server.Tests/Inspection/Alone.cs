namespace Weir.Server.Tests.Inspection;

/// <summary>Tests that count the children of this process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
