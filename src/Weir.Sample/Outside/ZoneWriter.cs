using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Sample.People;

namespace Weir.Sample.Outside;

/// <summary>DNS of everybody in the sample as a JSON zone.</summary>
internal sealed class ZoneWriter
{
    private readonly JsonObject _names = [];

    public ZoneWriter(Outsiders outsiders)
    {
        foreach (var own in (string[])[Staff.Domain, Staff.YardDomain])
        {
            Add(own, "TXT", $"v=spf1 ip4:{AddressPlan.OwnServer} ip4:192.0.2.0/26 -all");
            Add(own, "MX", $"10 mx.{Staff.Domain}");
            Add($"_dmarc.{own}", "TXT", "v=DMARC1; p=quarantine; rua=mailto:dmarc@nordhaven.example");
        }

        Add($"mx.{Staff.Domain}", "A", AddressPlan.OwnServer);
        foreach (var company in outsiders.Companies)
        {
            Add(company);
        }
    }

    public void Add(Company company)
    {
        Sender(company.Domain, company.Addresses, company.Spf, company.Policy);
        if (company.Signer is { } signer)
        {
            Add(signer.RecordName, "TXT", signer.Record);
        }
    }

    public void Sender(string domain, IReadOnlyList<string> addresses, string spf, string policy)
    {
        Add(domain, "MX", $"10 mail.{domain}");
        foreach (var address in addresses)
        {
            Add($"mail.{domain}", address.Contains(':', StringComparison.Ordinal) ? "AAAA" : "A", address);
        }

        if (spf.Length > 0)
        {
            Add(domain, "TXT", spf);
            // The greeting name is checked for mail without a sender.
            Add($"mail.{domain}", "TXT", spf);
        }

        if (policy.Length > 0)
        {
            Add($"_dmarc.{domain}", "TXT", $"v=DMARC1; p={policy}");
        }
    }

    public void Add(string name, string type, string value)
    {
        if (_names[name] is not JsonObject node)
        {
            _names[name] = node = [];
        }

        if (node[type] is not JsonArray records)
        {
            node[type] = records = [];
        }

        records.Add(value);
    }

    public string Write() => _names.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
