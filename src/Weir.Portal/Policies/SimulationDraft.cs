using Weir.Detection.Contracts;

namespace Weir.Portal.Policies;

/// <summary>A simulation while it is edited.</summary>
internal sealed class SimulationDraft
{
    public string Name { get; set; } = "";
    public string Domains { get; set; } = "";
    public string Addresses { get; set; } = "";
    public string Urls { get; set; } = "";

    public PhishingSimulation Simulation => new() { Name = Name, Domains = TextLines.Read(Domains), Addresses = TextLines.Read(Addresses), Urls = TextLines.Read(Urls) };

    public static SimulationDraft Of(PhishingSimulation simulation) => new()
    {
        Name = simulation.Name, Domains = TextLines.Write(simulation.Domains), Addresses = TextLines.Write(simulation.Addresses), Urls = TextLines.Write(simulation.Urls),
    };
}
