#include "ui/exchange/StepList.h"

#include "ui/exchange/StepListModel.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace corscope {

namespace {

/// Gives a row the colour of its tone, and a rule the indent of its algorithm.
class StepDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        auto plain = option;
        if (option.state & QStyle::State_Selected) {
            const auto theme = Theme::of(*option.widget);
            painter->fillRect(option.rect, theme.chosen.fill);
            if (index.column() == 0)
                painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.focus);
        }
        plain.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus);
        QStyledItemDelegate::paint(painter, plain, index);
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == StepListModel::Title)
            option->text.prepend(QString(index.data(StepListModel::DepthRole).toInt() * 2, QChar(QChar::Nbsp)));
        const auto theme = option->widget ? Theme::of(*option->widget) : Theme::light();
        const auto tone = index.data(StepListModel::ToneRole).value<StepListModel::Tone>();
        const bool verdict = index.column() == StepListModel::Verdict;
        auto color = index.column() == StepListModel::Title || verdict ? theme.text : theme.muted;
        if (tone == StepListModel::Tone::Bad)
            color = theme.block.text;
        else if (tone == StepListModel::Tone::Good && verdict)
            color = theme.allow.text;
        else if (tone == StepListModel::Tone::Ghost || tone == StepListModel::Tone::Quiet)
            color = tone == StepListModel::Tone::Ghost ? theme.ghost : theme.muted;
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
};

} // namespace

StepList::StepList(TraceCursor& cursor, QWidget* parent)
    : QTreeView(parent), m_cursor(cursor), m_model(new StepListModel(cursor, this))
{
    setModel(m_model);
    setItemDelegate(new StepDelegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setIndentation(0);
    setSelectionBehavior(SelectRows);
    setAccessibleName(tr("Steps"));
    header()->setStretchLastSection(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setSectionResizeMode(StepListModel::Title, QHeaderView::Stretch);
    connect(&cursor, &TraceCursor::cursorChanged, this, &StepList::follow);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        fitColumns();
        follow();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &StepList::fitColumns);
    fitColumns();
}

void StepList::fitColumns()
{
    const int space = fontMetrics().height() * 4 / 3;
    auto bold = font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    for (const int column : {StepListModel::Number, StepListModel::Where, StepListModel::Verdict}) {
        int width = 0;
        for (const auto& text : m_model->longestTexts(column))
            width = std::max(width, metrics.horizontalAdvance(text));
        setColumnWidth(column, width + space);
    }
}

void StepList::follow()
{
    if (!isVisible())
        return; // nobody sees it: showEvent() makes up for it
    const int row = m_model->rowOf(m_cursor.position());
    m_following = true;
    setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row, StepListModel::Title));
    m_following = false;
}

void StepList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid() && !m_following)
        m_cursor.moveTo(m_model->stepOf(current.row()));
}

void StepList::showEvent(QShowEvent* event)
{
    QTreeView::showEvent(event);
    follow();
}

void StepList::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_model)
        fitColumns();
}

} // namespace corscope
