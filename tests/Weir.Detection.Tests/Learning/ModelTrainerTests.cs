using Weir.Detection.Contracts;
using Weir.Detection.Learning;

namespace Weir.Detection.Tests.Learning;

public sealed class ModelTrainerTests
{
    private static readonly ModelTrainer Trainer = new(null!, null!, null!);

    [Fact]
    public void A_word_of_several_campaigns_gets_a_weight_a_name_of_one_does_not()
    {
        var model = Train([.. Mails(MailLabel.Ham, 60, "inbox", "word:lunch"), .. Mails(MailLabel.Spam, 60, "trap", "word:wallet"), .. Mails(MailLabel.Spam, 30, "trap", "word:frobnicator", group: "one campaign")]);

        Assert.True(model.Weights["word:wallet"] > 1);
        Assert.DoesNotContain("word:frobnicator", model.Weights.Keys);
    }

    [Fact]
    public void What_one_place_talks_about_is_no_sign_of_honesty()
    {
        var model = Train([.. Mails(MailLabel.Ham, 60, "list one", "word:linux"), .. Mails(MailLabel.Ham, 60, "list two", "word:radio"), .. Mails(MailLabel.Spam, 60, "trap", "word:wallet")]);

        Assert.All(model.Weights, weight => Assert.True(weight.Value > 0, weight.Key));
    }

    [Fact]
    public void What_ordinary_mail_of_four_places_has_alike_is_one_unless_only_signs_of_danger_are_learnt()
    {
        TrainingExample[] examples =
        [
            .. Mails(MailLabel.Ham, 60, "a", "word:regards"), .. Mails(MailLabel.Ham, 60, "b", "word:regards"), .. Mails(MailLabel.Ham, 60, "c", "word:regards"), .. Mails(MailLabel.Ham, 60, "d", "word:regards"),
            .. Mails(MailLabel.Ham, 10, "a", "word:lunch"), .. Mails(MailLabel.Spam, 90, "trap", "word:wallet"), .. Mails(MailLabel.Spam, 90, "trap", "word:lunch"),
        ];

        Assert.True(Train(examples).Weights["word:regards"] < 0);
        Assert.DoesNotContain("word:regards", Train(examples, addsOnly: true).Weights.Keys);
    }

    [Fact]
    public void The_weight_of_a_rule_may_shrink_to_nothing_and_not_turn_and_stays_when_only_signs_of_danger_are_learnt()
    {
        TrainingExample[] examples = [.. Mails(MailLabel.Ham, 80, "a", "said:url-shortener", rules: 1), .. Mails(MailLabel.Spam, 80, "trap", "word:wallet")];

        var weight = Train(examples).Weights["said:url-shortener"];
        Assert.InRange(weight, -(float)Weir.Detection.Verdicts.Weights.Default("url-shortener"), -0.1f);
        Assert.DoesNotContain("said:url-shortener", Train(examples, addsOnly: true).Weights.Keys);
    }

    [Fact]
    public void Ordinary_mail_that_was_held_back_stays_below_the_threshold_of_spam()
    {
        TrainingExample[] examples = [.. Mails(MailLabel.Ham, 300, "a", "word:lunch", rules: 4), .. Mails(MailLabel.Spam, 300, "trap", "word:wallet", rules: 4)];

        var model = Train(examples);

        Assert.True(4 + model.Intercept <= 3);
        Assert.True(4 + model.Intercept + (model.Weights["word:wallet"] * 1) > 3);
    }

    [Fact]
    public void The_same_examples_give_the_same_model()
    {
        TrainingExample[] examples = [.. Mails(MailLabel.Ham, 50, "a", "word:lunch"), .. Mails(MailLabel.Phish, 50, "b", "word:wallet"), .. Mails(MailLabel.Phish, 50, "b", "link:without encryption")];

        var (first, second) = (Train(examples), Train(examples));

        Assert.Equal(first.Intercept, second.Intercept);
        Assert.Equal(first.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal), second.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(MailLabel.Ham)]
    [InlineData(MailLabel.Spam)]
    public void One_kind_of_mail_alone_teaches_nothing(MailLabel label) =>
        Assert.Contains("needs both", Assert.Throws<ArgumentException>(() => Train([.. Mails(label, 10, "a", "word:lunch")])).Message, StringComparison.Ordinal);

    private static LearntModel Train(TrainingExample[] examples, bool addsOnly = false) => Trainer.Train(examples, "test", addsOnly, TestContext.Current.CancellationToken);

    private static IEnumerable<TrainingExample> Mails(MailLabel label, int count, string source, string feature, double rules = 0, string group = "") =>
        Enumerable.Range(0, count).Select(i => new TrainingExample(label, group.Length > 0 ? group : $"{source} {feature} {i}", source, [new Feature(feature, 1)], rules));
}
