using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Sample.Contracts;
using Weir.Server.Demo.Lab;

namespace Weir.Server.Demo;

/// <summary>The files that the demo's Weir is configured by: written at every start, so that a newer Weir finds what it expects.</summary>
internal static class DemoFiles
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The Maildirs of the demo: <c>DOMAIN/LOCAL</c> below it.</summary>
    public static string MailRoot(string directory) => Path.Combine(directory, "mail");

    /// <summary>The signatures of the sample, for clamd.</summary>
    public static string ClamFolder(string directory) => Path.Combine(directory, "clamav");

    public static void Write(string directory, ISampleOrganisation sample)
    {
        File.WriteAllText(ZoneIn(directory), sample.DnsZone);
        foreach (var (name, lines) in sample.ClamSignatures)
        {
            var folder = System.IO.Directory.CreateDirectory(ClamFolder(directory));
            File.WriteAllText(Path.Combine(folder.FullName, name), lines);
        }

        WriteConfiguration(directory, clamd: "", lab: null);
    }

    /// <summary>Writes <c>weir.json</c>.</summary>
    /// <param name="clamd">As <c>detection:clamd</c>; empty when there is none.</param>
    /// <param name="lab">The real mail server behind it; nothing: mail is put into Maildirs.</param>
    public static void WriteConfiguration(string directory, string clamd, MailLab? lab)
    {
        var configuration = Configuration(directory, clamd);
        if (lab is not null)
        {
            configuration["milter"] = new JsonObject { ["listen"] = $"inet:127.0.0.1:{lab.Milter}" };
            configuration["delivery"] = new JsonObject { ["postfixLog"] = lab.PostfixLog, ["dovecotSpool"] = lab.DovecotSpool };
            configuration["doctor"] = new JsonObject { ["postfix"] = Path.Combine(lab.Folder, "postfix") };
            configuration["mailboxes"]!["connectors"]![0] = new JsonObject
            {
                ["domains"] = new JsonArray("*"),
                ["imap"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = lab.Imap, ["security"] = "none", ["masterUser"] = lab.MasterUser, ["password"] = lab.MasterPassword },
            };
        }

        File.WriteAllText(Path.Combine(directory, "weir.json"), configuration.ToJsonString(Readable));
    }

    private static string ZoneIn(string directory) => Path.Combine(directory, "dns-zone.json");

    private static JsonObject Configuration(string directory, string clamd) => new()
    {
        ["dns"] = new JsonObject { ["zone-file"] = ZoneIn(directory) },
        ["detection"] = new JsonObject { ["clamd"] = clamd },
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
