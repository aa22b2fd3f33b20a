#include "ui/compare/CompareList.h"

#include "ui/compare/CompareModel.h"
#include "ui/theme/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace corscope {

namespace {

class CompareDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto theme = Theme::of(*option.widget);
        const auto tone = index.data(CompareModel::ToneRole).value<CompareModel::Tone>();
        const bool chosen = option.state & QStyle::State_Selected;
        if (chosen)
            painter->fillRect(option.rect, theme.chosen.fill);
        else if (tone == CompareModel::Tone::Differs || tone == CompareModel::Tone::Alone)
            painter->fillRect(option.rect, theme.preflight.fill);
        if (chosen && index.column() == 0)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.focus);
        auto plain = option;
        plain.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus);
        QStyledItemDelegate::paint(painter, plain, index);
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto theme = option->widget ? Theme::of(*option->widget) : Theme::light();
        const auto tone = index.data(CompareModel::ToneRole).value<CompareModel::Tone>();
        const bool title = index.column() == CompareModel::TitleA || index.column() == CompareModel::TitleB;
        auto color = tone == CompareModel::Tone::Nothing ? theme.ghost
            : tone == CompareModel::Tone::Same || !title ? theme.muted
                                                         : theme.text;
        if (index.column() == CompareModel::Sign && tone != CompareModel::Tone::Same) {
            color = theme.preflight.text;
            option->font.setBold(true);
        }
        const auto text = index.data().toString();
        if (text.startsWith(u'✗'))
            color = theme.block.text;
        else if (text.startsWith(u'✓'))
            color = theme.allow.text;
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
};

} // namespace

CompareList::CompareList(CompareModel& model, QWidget* parent) : QTreeView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new CompareDelegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setIndentation(0);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionBehavior(SelectRows);
    setAccessibleName(tr("Steps of both runs"));
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 3);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        fitColumns();
        filter();
    });
    fitColumns();
}

int CompareList::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void CompareList::goTo(int row)
{
    if (row < 0 || row >= m_model.rowCount())
        return;
    const auto index = m_model.index(row, CompareModel::TitleA);
    setCurrentIndex(index);
    scrollTo(index, EnsureVisible);
}

void CompareList::showOnlyDifferences(bool only)
{
    m_onlyDifferences = only;
    filter();
}

void CompareList::filter()
{
    for (int i = 0; i < m_model.rowCount(); ++i)
        setRowHidden(i, {}, m_onlyDifferences && m_model.row(i).isSame());
    if (currentIndex().isValid())
        scrollTo(currentIndex(), EnsureVisible);
}

/// What is short gets what it needs, the two titles halve the rest.
void CompareList::fitColumns()
{
    const int space = fontMetrics().height() * 2 / 3;
    int rest = viewport()->width();
    for (const int column : {CompareModel::NumberA, CompareModel::VerdictA, CompareModel::Sign, CompareModel::NumberB,
                             CompareModel::VerdictB}) {
        const int width = std::max(sizeHintForColumn(column), header()->sectionSizeHint(column)) + space;
        setColumnWidth(column, width);
        rest -= width;
    }
    setColumnWidth(CompareModel::TitleA, rest / 2);
    setColumnWidth(CompareModel::TitleB, rest - rest / 2);
}

void CompareList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    Q_EMIT rowChanged(current.isValid() ? current.row() : -1);
}

void CompareList::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

} // namespace corscope
