using System.IO.Compression;
using System.Text;
using Weir.Detection.Contracts;

namespace Weir.Detection.Tests.Learning;

public sealed class ModelFileTests
{
    private static readonly LearntModel Model = new(
        "yard 3", -1.25, (-2, 3), new Dictionary<string, float>(StringComparer.Ordinal) { ["word:wallet"] = 1.5f, ["pair:your wallet"] = 0.25f, ["said:url-shortener"] = -0.5f },
        [new TrainedOn("inbox", MailLabel.Ham, 120), new TrainedOn("reported", MailLabel.Phish, 30)]);

    [Fact]
    public void A_model_is_read_as_it_was_written_with_its_provenance()
    {
        var read = LearntModel.Load(new MemoryStream(Saved(Model)));

        Assert.Equal(Model.Name, read.Name);
        Assert.Equal(Model.Intercept, read.Intercept);
        Assert.Equal(Model.Bounds, read.Bounds);
        Assert.Equal(Model.Provenance, read.Provenance);
        Assert.Equal(Model.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal), read.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_model_is_the_same_bytes() => Assert.Equal(Saved(Model), Saved(LearntModel.Load(new MemoryStream(Saved(Model)))));

    [Theory]
    [InlineData("")]
    [InlineData("weir-model 2\nname x\nintercept 0\n")]
    [InlineData("weir-model 1\nname x\n")]
    [InlineData("weir-model 1\nname x\nintercept much\n")]
    [InlineData("weir-model 1\nname x\nintercept 0\nbounds -2 3\nword:a\tNaN\n")]
    [InlineData("weir-model 1\nname x\nintercept 0\nbounds -2 3\nword:a\n")]
    [InlineData("weir-model 1\nname x\nintercept 0\nbounds -200 2\n")]
    [InlineData("weir-model 1\nname x\nintercept 0\nbounds -2\n")]
    [InlineData("weir-model 1\nname x\nintercept Infinity\nbounds -2 3\n")]
    public void What_is_no_model_is_refused_by_name(string text)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        zipped.Position = 0;
        Assert.Throws<InvalidDataException>(() => LearntModel.Load(zipped));
    }

    [Fact]
    public void A_file_that_was_cut_or_never_was_a_model_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => LearntModel.Load(new MemoryStream("hello"u8.ToArray())));
        Assert.Throws<InvalidDataException>(() => LearntModel.Load(new MemoryStream(Saved(Model)[..20])));
    }

    [Fact]
    public void A_small_file_that_unpacks_without_end_is_refused()
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("weir-model 1\nname x\nintercept 0\nlowest -2\nword:"u8);
            var letters = new byte[1 << 20];
            Array.Fill(letters, (byte)'a');
            for (var mebibytes = 0; mebibytes < 65; mebibytes++)
            {
                zip.Write(letters);
            }

            zip.Write("\t1\n"u8);
        }

        zipped.Position = 0;
        Assert.Contains("64 MiB", Assert.Throws<InvalidDataException>(() => LearntModel.Load(zipped)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_tab_or_a_line_end_in_its_name_leaves_a_model_that_can_be_read()
    {
        var odd = new LearntModel("yard\n3", 0, (-2, 3), Model.Weights, [new TrainedOn("in\tbox\n", MailLabel.Ham, 120)]);

        var read = LearntModel.Load(new MemoryStream(Saved(odd)));

        Assert.Equal("yard 3", read.Name);
        Assert.Equal([new TrainedOn("in box ", MailLabel.Ham, 120)], read.Provenance);
        Assert.Equal(Model.Count, read.Count);
    }

    [Fact]
    public void The_shipped_model_is_a_few_megabytes_at_most_and_says_what_it_learnt_from()
    {
        using var stream = typeof(LearntModel).Assembly.GetManifestResourceStream("Weir.Detection.Learning.shipped.model");
        Assert.NotNull(stream);
        Assert.InRange(stream.Length, 1_000, 4 << 20);
        var model = LearntModel.Load(stream);
        Assert.Contains(model.Provenance, part => part is { Source: "invented", Label: MailLabel.Phish, Messages: > 1_000 });
        Assert.Contains(model.Provenance, part => part.Label == MailLabel.Ham);
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("usrp")]
    [InlineData("fpga")]
    [InlineData("wrote")]
    public void The_shipped_model_takes_no_topic_and_no_mark_of_a_list_for_a_sign(string word)
    {
        using var stream = typeof(LearntModel).Assembly.GetManifestResourceStream("Weir.Detection.Learning.shipped.model")!;
        Assert.DoesNotContain(LearntModel.Load(stream).Weights.Keys, name => name.EndsWith($":{word}", StringComparison.Ordinal));
    }

    private static byte[] Saved(LearntModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
