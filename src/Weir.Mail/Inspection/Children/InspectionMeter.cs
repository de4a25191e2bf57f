using System.Diagnostics.Metrics;

namespace Weir.Mail.Inspection.Children;

/// <summary>Counts of the inspection.</summary>
internal static class InspectionMeter
{
    private static readonly Meter Meter = new("Weir.Inspection");

    /// <summary>Files that were not read to their end because a child was ended, ended, or could not be started.</summary>
    public static Counter<int> NotInspected { get; } = Meter.CreateCounter<int>("weir.inspection.not_inspected");
}
