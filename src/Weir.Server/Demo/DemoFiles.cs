using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Sample.Contracts;

namespace Weir.Server.Demo;

/// <summary>The files that the demo's Weir is configured by: written at every start, so that a newer Weir finds what it expects.</summary>
internal static class DemoFiles
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The Maildirs of the demo: <c>DOMAIN/LOCAL</c> below it.</summary>
    public static string MailRoot(string directory) => Path.Combine(directory, "mail");

    public static void Write(string directory, ISampleOrganisation sample)
    {
        var zone = Path.Combine(directory, "dns-zone.json");
        var list = Path.Combine(directory, "allow-block.txt");
        File.WriteAllText(zone, sample.DnsZone);
        if (!File.Exists(list))
        {
            File.WriteAllLines(list, sample.ListEntries);
        }

        foreach (var (name, lines) in sample.ClamSignatures)
        {
            var folder = System.IO.Directory.CreateDirectory(Path.Combine(directory, "clamav"));
            File.WriteAllText(Path.Combine(folder.FullName, name), lines);
        }

        File.WriteAllText(Path.Combine(directory, "weir.json"), Configuration(directory, zone).ToJsonString(Readable));
    }

    private static JsonObject Configuration(string directory, string zone) => new()
    {
        ["dns"] = new JsonObject { ["zone-file"] = zone },
        ["mailboxes"] = new JsonObject
        {
            ["connectors"] = new JsonArray(new JsonObject
            {
                ["domains"] = new JsonArray("*"),
                ["maildir"] = new JsonObject { ["path"] = Path.Combine(MailRoot(directory), "{domain}", "{local}") },
            }),
        },
    };
}
