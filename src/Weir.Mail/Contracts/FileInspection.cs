using Weir.Mail.Inspection;

namespace Weir.Mail.Contracts;

/// <summary>The door to what files hold: a pure function of their bytes.</summary>
public static class FileInspection
{
    /// <summary>Inspection in this process.</summary>
    public static IInspectAttachments Here { get; } = new InspectionHere();

    /// <summary>
    /// Reads the files. Bounded by the limits in what it gives, not in time against every hostile file: Weir calls it in a child process that is ended
    /// when it takes too long. What a reader cannot read is told in <see cref="FileReport.NotRead"/>.
    /// </summary>
    public static InspectionResult Inspect(InspectionRequest request, InspectionLimits? limits = null)
    {
        var reading = new FileReading(limits ?? InspectionLimits.Default);
        return InspectionResult.Of([.. request.Files.Select(reading.Read)]);
    }
}
