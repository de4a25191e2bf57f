using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Mail.Contracts;
using Weir.Mail.Inspection.Yara;

namespace Weir.Mail.Inspection.Children;

/// <summary>Life of a child: gives up what it does not need, gets warm, says hello, answers until its parent closes or is gone.</summary>
internal sealed class ChildLoop(IReadOnlyList<string> arguments)
{
    /// <summary>Before the folder of rules.</summary>
    public const string RulesArgument = "--yara";

    private const int LongestFile = 256 << 20;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public int Run(Stream input, Stream output)
    {
        // A parent that was killed cannot end a child that is at work.
        var parent = Parent();
        using var watch = new Timer(_ => EndWithout(parent), null, Look, Look);
        var isConfined = ChildConfinement.Enter();
        var rules = arguments is [RulesArgument, var folder, ..] ? YaraRules.Load(folder) : null;
        WarmUp.Run();
        Write(output, InspectionFrames.Of(new InspectionHello(isConfined, rules?.Files ?? 0, rules?.Problems)));
        try
        {
            while (ReadQuestion(input) is { } files)
            {
                var reading = new FileReading(InspectionLimits.Default, rules);
                foreach (var file in files)
                {
                    Write(output, InspectionFrames.Of(new InspectionAnswer(reading.Read(file)), file));
                }
            }

            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException)
        {
            // The parent is gone in the middle of a question, or is none.
            return arguments.Count == 0 ? 2 : 1;
        }
    }

    private static List<FileToInspect>? ReadQuestion(Stream input)
    {
        Span<byte> length = stackalloc byte[4];
        if (input.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            return null;
        }

        var json = ReadBytes(input, BinaryPrimitives.ReadInt32LittleEndian(length), InspectionFrames.Longest);
        var question = JsonSerializer.Deserialize(json, InspectionJson.Default.InspectionQuestion) ?? throw new InvalidDataException("No question.");
        return [.. question.Files.Select(file => new FileToInspect
        {
            PartPath = file.PartPath,
            FileType = file.FileType,
            FileName = file.FileName ?? "",
            Sha256 = file.Sha256 ?? "",
            Passwords = question.Passwords,
            Content = ReadBytes(input, file.Length, LongestFile),
        })];
    }

    private static byte[] ReadBytes(Stream input, int count, int most)
    {
        if (count < 0 || count > most)
        {
            throw new InvalidDataException("A length is out of bounds.");
        }

        var bytes = new byte[count];
        input.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(Stream output, byte[] frame)
    {
        output.Write(frame);
        output.Flush();
    }

    private static void EndWithout(int parent)
    {
        if (Parent() != parent)
        {
            Exit(3);
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Parent();

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int code);
}
