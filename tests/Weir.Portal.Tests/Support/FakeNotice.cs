using Weir.Portal.Shell;

namespace Weir.Portal.Tests.Support;

/// <summary>A host that says what a test lets it say.</summary>
internal sealed class FakeNotice : IHostNotice
{
    public string? Text { get; set; }
}
