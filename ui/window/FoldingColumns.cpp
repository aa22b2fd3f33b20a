#include "ui/window/FoldingColumns.h"

#include "ui/widgets/UprightScrollArea.h"

#include <QApplication>
#include <QEvent>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace corscope {

namespace {

/// As large as the room, and never smaller than the column can be. NB: with a layout the scroll area would give it the
/// height that it would like to have.
class Inside : public QWidget
{
public:
    explicit Inside(QWidget* content) : m_content(content)
    {
        setProperty("role", QStringLiteral("column"));
        content->setParent(this);
    }
    QSize sizeHint() const override { return m_content->sizeHint(); }
    QSize minimumSizeHint() const override
    {
        auto least = m_content->minimumSizeHint().expandedTo(m_content->minimumSize());
        if (const auto* layout = m_content->layout(); layout && layout->hasHeightForWidth())
            least.setHeight(layout->totalMinimumHeightForWidth(std::max(width(), least.width())));
        return least;
    }

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QWidget::event(event);
    }
    void resizeEvent(QResizeEvent*) override { m_content->setGeometry(rect()); }

private:
    QWidget* m_content;
};

} // namespace

FoldingColumns::FoldingColumns(QWidget* parent)
    : QWidget(parent), m_tabs(new QTabBar), m_splitter(new QSplitter(Qt::Horizontal))
{
    m_tabs->setObjectName(QStringLiteral("columnTabs"));
    m_tabs->setAccessibleName(tr("Columns"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->hide();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(fontMetrics().height() / 2);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(fontMetrics().height() / 4);
    all->addWidget(m_tabs);
    all->addWidget(m_splitter, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &FoldingColumns::arrange);
    // Who goes somewhere with the keyboard wants to see it.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        for (const auto& column : std::as_const(m_columns))
            if (now && column.content->isAncestorOf(now))
                bring(column.content);
    });
}

void FoldingColumns::add(QWidget* column, const QString& name, int weight)
{
    auto* holder = new UprightScrollArea(new Inside(column), 10);
    m_columns.append({holder, column, weight});
    m_tabs->addTab(name);
    m_splitter->addWidget(holder);
    column->installEventFilter(this);
    const auto heaviest = std::max_element(m_columns.begin(), m_columns.end(),
                                           [](const Column& a, const Column& b) { return a.weight < b.weight; });
    m_tabs->setCurrentIndex(int(heaviest - m_columns.begin()));
}

int FoldingColumns::leastWidth(const Column& column) const
{
    return column.holder->minimumSizeHint().width();
}

QSize FoldingColumns::minimumSizeHint() const
{
    QSize least;
    for (const auto& column : m_columns)
        if (!column.content->isHidden())
            least = least.expandedTo(column.holder->minimumSizeHint());
    least.rheight() += m_tabs->sizeHint().height();
    return least;
}

void FoldingColumns::bring(QWidget* column)
{
    for (qsizetype i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].content == column && m_columns[i].holder->isHidden())
            m_tabs->setCurrentIndex(int(i));
}

void FoldingColumns::arrange()
{
    if (m_arranging || m_columns.isEmpty())
        return;
    m_arranging = true;
    QList<qsizetype> wanted;
    int needed = 0;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const bool there = !m_columns[i].content->isHidden();
        m_tabs->setTabVisible(int(i), there);
        if (!there)
            continue;
        wanted.append(i);
        needed += leastWidth(m_columns[i]) + (wanted.size() > 1 ? m_splitter->handleWidth() : 0);
    }
    const bool folded = needed > width() && wanted.size() > 1;
    QList<qsizetype> shown = wanted;
    if (folded) {
        const qsizetype chosen = m_tabs->currentIndex();
        std::stable_sort(wanted.begin(), wanted.end(), [&](qsizetype a, qsizetype b) {
            return std::pair(a == chosen, m_columns[a].weight) > std::pair(b == chosen, m_columns[b].weight);
        });
        shown.clear();
        int room = width() + m_splitter->handleWidth();
        for (const auto i : std::as_const(wanted)) {
            const int least = leastWidth(m_columns[i]) + m_splitter->handleWidth();
            if (shown.isEmpty() || least <= room) {
                shown.append(i);
                room -= least;
            }
        }
    }
    m_folded = folded;
    m_tabs->setVisible(folded);
    for (qsizetype i = 0; i < m_columns.size(); ++i)
        m_columns[i].holder->setVisible(shown.contains(i));
    m_arranging = false;
}

void FoldingColumns::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool FoldingColumns::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent || event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::eventFilter(watched, event);
}

} // namespace corscope
