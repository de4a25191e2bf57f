using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;
using Weir.Kql.Contracts;
using Weir.Portal.Explorer;
using Weir.Sample;
using Weir.Storage.Contracts;

namespace Weir.Bench;

/// <summary>
/// Explorer's first view on many rows (WEIR_BENCH_ROWS, ten million): its KQL beside SQL that a person would write for the same question. The ratio is what the language costs.
/// </summary>
internal sealed class ExplorerBenchmark : IBenchmark
{
    private const int Made = 100_000;
    private const int Days = 30;
    private const int Repeats = 7;
    private const long Exported = 1_000_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public string Name => "explorer";

    public static long WantedRows => long.Parse(new ConfigurationBuilder().AddEnvironmentVariables("WEIR_BENCH_").Build()["ROWS"] ?? "10000000", CultureInfo.InvariantCulture);

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var rows = WantedRows;
        var directory = System.IO.Directory.CreateTempSubdirectory("weir-bench-");
        try
        {
            await AskAsync(output, directory.FullName, rows);
            await ExportAsync(output, directory.FullName, rows, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task AskAsync(TextWriter output, string directory, long rows)
    {
        using var store = new EventStore(new DataDirectory(directory), Options.Create(new EventsOptions()));
        using var connection = store.OpenReading();
        Fill(connection, (int)Math.Max(1, rows / Made));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{connection.Rows("SELECT count(*) FROM email_rows")[0][0]} rows over {Days} days"));
        foreach (var (name, sql, kql) in Questions())
        {
            var compiled = KqlCompiler.Compile(kql, HuntingSchema.Kql, new KqlCompileOptions { Now = Now });
            if (!compiled.IsSuccess)
            {
                throw new InvalidOperationException($"{name}: {compiled.Diagnostics[0].Message}");
            }

            var (hand, handRows) = Median(connection, sql);
            var (weir, weirRows) = Median(connection, compiled.Sql);
            var agree = handRows == weirRows ? "" : $", BUT {handRows} and {weirRows} rows";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-22} SQL {hand,7:F1} ms   KQL {weir,7:F1} ms   ratio {weir / hand:F2}{agree}"));
        }
    }

    /// <summary>A million rows as a file, as the button makes it: rows a second, and what memory grows by while they are written.</summary>
    private static async Task ExportAsync(TextWriter output, string directory, long rows, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new DataDirectory(directory)).AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        services.AddEvents();
        await using var provider = services.BuildServiceProvider();
        var caller = new Caller("bench", "bench", new HashSet<Permission> { Permission.EmailMetadataRead });
        var exports = provider.GetRequiredService<IExports>();
        foreach (var wanted in new[] { Math.Min(rows, Exported) / 10, Math.Min(rows, Exported) })
        {
            var address = new ExplorerAddress { Range = new TimeRange(Preset: null, Now.AddDays(-Days * (double)wanted / rows), Now) };
            var query = new ExplorerQuery(address.Range.Window(Now, TimeZoneInfo.Utc), address.Filter);
            GC.Collect();
            var (before, most, clock) = (Environment.WorkingSet, 0L, Stopwatch.StartNew());
            var step = query.Window.Step;
            var bins = RowPages.Bins(await provider.GetRequiredService<IQuestions>().AskAsync(caller, new Question(query.Steps(step)), cancellationToken), query.Window.From, query.Window.To, step);
            var id = await exports.StartAsync(caller, MailLines.Order(address, query, bins, Now, TimeZoneInfo.Utc), cancellationToken);
            Export made;
            while ((made = exports.List(caller).Single(each => each.Id == id)).EndedAt is null)
            {
                most = Math.Max(most, Environment.WorkingSet);
                await Task.Delay(20, cancellationToken);
            }

            var seconds = clock.Elapsed.TotalSeconds;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"export of {made.Rows:N0} rows  {made.Bytes / 1e6:F0} MB in {seconds:F1} s, {made.Rows / seconds:N0} rows/s (aim 50,000), memory + {(most - before) / 1e6:F0} MB {made.Problem}"));
            exports.Remove(caller, id);
        }
    }

    /// <summary>The hand-written SQL stands first: it was written before anybody looked at what the compiler makes.</summary>
    private static IEnumerable<(string Name, string Sql, string Kql)> Questions()
    {
        foreach (var days in new[] { 2, Days })
        {
            var from = Now.AddDays(-days);
            var query = new ExplorerQuery(new TimeWindow(from, Now), ConditionGroup.Everything);
            var step = query.Window.Step;
            var span = string.Create(CultureInfo.InvariantCulture, $"\"Timestamp\" >= {from.UtcTicks} AND \"Timestamp\" < {Now.UtcTicks}");
            var columns = MailColumns.Default.SelectMany(column => column.Sources).Append("NetworkMessageId").Append("RecipientEmailAddress").Distinct(StringComparer.Ordinal).ToList();

            yield return ($"count, {days} days", $"SELECT count(*) FROM \"EmailEvents\" WHERE {span}", $"{query.Messages()}\n| count");
            yield return ($"chart, {days} days",
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT "Timestamp" - "Timestamp" % {step.Ticks} AS start,
                        CASE WHEN "ThreatTypes" ILIKE '%malware%' THEN 'Malware'
                            WHEN "ThreatTypes" ILIKE '%phish%' AND "AdditionalFields" ILIKE '%high confidence phish%' THEN 'High confidence phish'
                            WHEN "ThreatTypes" ILIKE '%phish%' THEN 'Phish' WHEN "ThreatTypes" ILIKE '%spam%' THEN 'Spam' ELSE 'No threat' END AS series,
                        count(*)
                    FROM "EmailEvents" WHERE {span} GROUP BY 1, 2
                    """),
                query.Histogram(Pivot.All[0], null, step));
            yield return ($"first page, {days} days",
                $"SELECT {string.Join(", ", columns.Select(column => $"\"{column}\""))} FROM \"EmailEvents\" WHERE {span} ORDER BY \"Timestamp\" DESC, \"NetworkMessageId\", \"RecipientEmailAddress\" LIMIT {RowPages.PageSize}",
                query.Rows(from, Now, new RowOrder("Timestamp", IsDescending: true), columns, 0, RowPages.PageSize));
        }
    }

    /// <summary>Synthetic rows, then copies of them inside the database, each a little later, in order of time.</summary>
    private static void Fill(DuckDBConnection connection, int copies)
    {
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var part in SyntheticRows.Generate(1, Now, Days, Made).Chunk(20_000))
            {
                StoreAppender.Append(connection, MailTables.EmailEvents, [.. part.Select(Row)]);
            }

            transaction.Commit();
        }

        connection.Execute("CREATE TEMP TABLE made AS FROM email_rows");
        connection.Execute("DELETE FROM email_rows");
        const int Slice = 1000;
        for (var first = 0; first < Made; first += Slice)
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO email_rows SELECT m.* REPLACE (m."Timestamp" + c.n * 1000 AS "Timestamp", left(m."NetworkMessageId", 28) || lpad(c.n::VARCHAR, 8, '0') AS "NetworkMessageId")
                FROM made m, range({copies}) c(n) WHERE m.rowid BETWEEN {first} AND {first + Slice - 1}
                """));
        }

        connection.Execute("DROP TABLE made");
        connection.Execute("CHECKPOINT");
    }

    private static StoreRow Row(SyntheticRow row) => new(MailTables.EmailEvents)
    {
        ["Timestamp"] = row.At.UtcTicks,
        ["NetworkMessageId"] = row.NetworkMessageId.ToString(),
        ["InternetMessageId"] = row.InternetMessageId,
        ["SenderFromAddress"] = row.SenderAddress,
        ["SenderFromDomain"] = row.SenderAddress[(row.SenderAddress.IndexOf('@', StringComparison.Ordinal) + 1)..],
        ["SenderDisplayName"] = row.SenderName,
        ["SenderIPv4"] = row.SenderIp,
        ["RecipientEmailAddress"] = row.Recipient,
        ["Subject"] = row.Subject,
        ["EmailDirection"] = row.Direction,
        ["ThreatTypes"] = row.Threat,
        ["DeliveryAction"] = row.DeliveryAction,
        ["LatestDeliveryAction"] = row.DeliveryAction,
        ["AdditionalFields"] = row.Threat == "Phish" && row.UrlCount > 3 ? """{"ThreatClassification":"High confidence phish"}""" : "",
        ["EmailLanguage"] = row.Language,
        ["AttachmentCount"] = row.AttachmentCount,
        ["UrlCount"] = row.UrlCount,
    };

    /// <summary>Milliseconds to the last row, and how many rows came.</summary>
    private static (double Milliseconds, int Rows) Median(DuckDBConnection connection, string sql)
    {
        var times = new List<double>();
        var count = 0;
        for (var i = 0; i < Repeats; i++)
        {
            var clock = Stopwatch.StartNew();
            count = connection.Rows(sql).Count;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return (times[Repeats / 2], count);
    }
}
