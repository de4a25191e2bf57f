namespace Weir.Bench;

/// <summary>One part of <c>./bench</c>: measures something that Weir claims, now and on this machine. Found by convention: one sealed class, one file.</summary>
internal interface IBenchmark
{
    /// <summary>What <c>./bench NAME</c> runs.</summary>
    string Name { get; }

    Task RunAsync(TextWriter output, CancellationToken cancellationToken);
}
