namespace Weir.Gateway.Checks.Postfix;

/// <summary>Section <c>doctor</c>: what <c>weir doctor</c> cannot know by itself.</summary>
internal sealed record DoctorOptions
{
    /// <summary>For a Postfix that runs elsewhere.</summary>
    public const string Elsewhere = "none";

    /// <summary>The folder of Postfix's <c>main.cf</c> on this machine; empty: where Postfix has it by itself; <c>none</c>: Postfix runs on another machine.</summary>
    public string Postfix { get; init; } = "";
}
