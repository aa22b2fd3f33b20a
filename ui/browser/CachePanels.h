#pragma once

#include "core/fetch/HttpCache.h"
#include "core/fetch/PreflightCache.h"

#include <QWidget>

class QLabel;

namespace corscope {

class EntryList;
class Field;
class Memory;

/// What preflights allowed, and for how long it still holds.
class PreflightCachePanel : public QWidget
{
    Q_OBJECT
public:
    explicit PreflightCachePanel(Memory& memory, QWidget* parent = nullptr);

private:
    void remove(int row);
    void refresh();

    Memory& m_memory;
    std::vector<PreflightCache::Entry> m_shown;
    EntryList* m_list;
    QLabel* m_key;
    Field* m_seconds;
    QWidget* m_edit;
};

/// The answers that the HTTP cache holds.
class HttpCachePanel : public QWidget
{
    Q_OBJECT
public:
    explicit HttpCachePanel(Memory& memory, QWidget* parent = nullptr);

private:
    void remove(int row);
    void refresh();

    Memory& m_memory;
    std::vector<HttpCache::Stored> m_shown;
    EntryList* m_list;
    QLabel* m_key;
};

} // namespace corscope
