namespace Weir.Kql.Plan;

/// <summary>Keys that must be equal; null equals null. The columns are those of the side or sides that the kind keeps.</summary>
internal sealed record Join(Rows Left, Rows Right, JoinKind Kind, IReadOnlyList<(Scalar Left, Scalar Right)> On, IReadOnlyList<Computed> Items)
    : Rows([.. Items.Select(item => item.Column)]);

internal enum JoinKind
{
    InnerUnique,
    Inner,
    LeftOuter,
    RightOuter,
    FullOuter,
    LeftSemi,
    LeftAnti,
    RightSemi,
    RightAnti,
}
