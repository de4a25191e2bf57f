using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Weir.Mail.Inspection;

/// <summary>Section <c>inspection</c> of <c>weir.json</c>: the child processes that read attachments.</summary>
internal sealed record InspectionOptions
{
    /// <summary>Seconds of processor time for one message; ten times as many by the clock, for a machine that is busy.</summary>
    [Range(1, 60)]
    public int Seconds { get; init; } = 2;

    /// <summary>Memory of one child.</summary>
    [Range(128, 4_096)]
    [ConfigurationKeyName("memory-mib")]
    public int MemoryMib { get; init; } = 256;

    /// <summary>The folder of YARA rules (<c>*.yar</c>, <c>*.yara</c>); a relative one is in the data directory.</summary>
    public string Yara { get; init; } = "yara";

    /// <summary>Children at work at the same time; 0 = one for each processor, at most four.</summary>
    [Range(0, 64)]
    public int Children { get; init; }
}
