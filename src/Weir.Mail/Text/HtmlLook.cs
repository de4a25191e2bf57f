namespace Weir.Mail.Text;

/// <summary>How an element looks, as far as it decides whether text can be seen. Inherited downwards.</summary>
internal readonly record struct HtmlLook
{
    /// <summary>24-bit RGB.</summary>
    private const int Black = 0x000000;
    private const int White = 0xFFFFFF;

    /// <summary>A picture or gradient lies behind the text: its colour cannot be compared.</summary>
    private const int AnyBackground = -1;

    public HtmlLook()
    {
    }

    /// <summary>Not rendered, and no child can undo it.</summary>
    public bool IsGone { get; private init; }

    private bool IsInvisible { get; init; }
    private bool IsTiny { get; init; }
    private int Color { get; init; } = Black;
    private int Background { get; init; } = White;

    public bool IsPreformatted { get; private init; }

    public bool HidesText => IsGone || IsInvisible || IsTiny || (Background != AnyBackground && IsSame(Color, Background));

    public HtmlLook Gone() => this with { IsGone = true };

    public HtmlLook Preformatted() => this with { IsPreformatted = true };

    public HtmlLook WithBackground(string color) => CssColor.TryParse(color, out var rgb) ? this with { Background = rgb } : this;

    public HtmlLook WithPicture() => this with { Background = AnyBackground };

    public HtmlLook WithColor(string color) => CssColor.TryParse(color, out var rgb) ? this with { Color = rgb } : this;

    /// <summary>Applies CSS declarations such as <c>display:none; color:#fff</c>.</summary>
    public HtmlLook With(string declarations)
    {
        var look = this;
        var (clips, collapsed, absolute, away) = (false, false, false, false);
        foreach (var range in declarations.AsSpan().Split(';'))
        {
            var declaration = declarations.AsSpan(range);
            var colon = declaration.IndexOf(':');
            if (colon <= 0)
            {
                continue;
            }

            var name = declaration[..colon].Trim().ToString().ToLowerInvariant();
            var value = declaration[(colon + 1)..].Trim().ToString().ToLowerInvariant();
            value = value.EndsWith("!important", StringComparison.Ordinal) ? value[..^10].TrimEnd() : value;
            switch (name)
            {
                case "display":
                    look = look with { IsGone = look.IsGone || value == "none" };
                    break;
                case "visibility":
                    look = look with { IsInvisible = value is "hidden" or "collapse" };
                    break;
                case "opacity":
                    look = look with { IsGone = look.IsGone || (CssLength.TryParse(value, out var alpha, out _) && alpha < 0.05) };
                    break;
                case "font-size":
                    look = look with { IsTiny = CssLength.IsTiny(value, look.IsTiny) };
                    break;
                case "color":
                    look = value is "transparent" ? look with { IsInvisible = true } : look.WithColor(value);
                    break;
                case "background" or "background-color" or "background-image":
                    look = value.Contains("url(", StringComparison.Ordinal) || value.Contains("gradient", StringComparison.Ordinal) ? look.WithPicture() : look.WithBackground(value);
                    break;
                case "overflow":
                    clips = value is "hidden";
                    break;
                case "height" or "max-height" or "width" or "max-width":
                    collapsed |= CssLength.TryParse(value, out var size, out var unit) && size == 0 && unit is "" or "px" or "pt" or "em";
                    break;
                case "position":
                    absolute = value is "absolute" or "fixed";
                    break;
                case "left" or "top" or "right":
                    away |= CssLength.TryParse(value, out var where, out _) && where <= -500;
                    break;
                case "text-indent":
                    look = look with { IsGone = look.IsGone || (CssLength.TryParse(value, out var indent, out _) && indent <= -500) };
                    break;
                case "white-space":
                    look = look with { IsPreformatted = value is "pre" or "pre-wrap" or "pre-line" };
                    break;
                default:
                    break;
            }
        }

        return (clips && collapsed) || (absolute && away) ? look.Gone() : look;
    }

    /// <summary>So close that nobody reads it: at most 12 of 255 apart in each channel.</summary>
    private static bool IsSame(int one, int other) =>
        Math.Abs((one >> 16) - (other >> 16)) <= 12 && Math.Abs(((one >> 8) & 255) - ((other >> 8) & 255)) <= 12 && Math.Abs((one & 255) - (other & 255)) <= 12;
}
