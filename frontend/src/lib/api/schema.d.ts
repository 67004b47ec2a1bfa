// Made by `make api-types` from the API's own description. Not for editing.
export interface paths {
    "/api/alerts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["alerts_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["alerts_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/acknowledge/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts_acknowledge_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/assign/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts_assign_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/resolve/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts_resolve_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/restock/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts_restock_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/snooze/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts_snooze_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/acknowledge/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts_acknowledge_several"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["alerts_summary_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/csrf/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["auth_csrf_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["auth_login_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["auth_logout_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["auth_password_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["auth_register_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/status/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["auth_status_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["categories_list"];
        put?: never;
        post: operations["categories_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["categories_retrieve"];
        put: operations["categories_update"];
        post?: never;
        delete: operations["categories_destroy"];
        options?: never;
        head?: never;
        patch: operations["categories_partial_update"];
        trace?: never;
    };
    "/api/changes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["changes_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_list"];
        put?: never;
        post: operations["counts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["counts_partial_update"];
        trace?: never;
    };
    "/api/counts/{id}/approve/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_approve_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_cancel_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/correct-late/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_correct_late_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/entries/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_entries_list"];
        put?: never;
        post: operations["counts_entries_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/lines/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_lines_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/recount/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_recount_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_start_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/submit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_submit_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_summary_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/{id}/void/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["counts_void_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/accuracy/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_accuracy_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counts/due/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["counts_due_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exports_list"];
        put?: never;
        post: operations["exports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exports_retrieve"];
        put?: never;
        post?: never;
        delete: operations["exports_destroy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/download/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exports_download_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasting/simulate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["forecasting_simulate_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["forecasts_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasts/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["forecasts_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasts/accuracy/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["forecasts_accuracy_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasts/retrain/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["forecasts_retrain_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasts/runs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["forecasts_runs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecasts/runs/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["forecasts_runs_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/goods-receipts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["goods_receipts_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/goods-receipts/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["goods_receipts_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/goods-receipts/{id}/reverse/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["goods_receipts_reverse_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["imports_list"];
        put?: never;
        post: operations["imports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["imports_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["imports_partial_update"];
        trace?: never;
    };
    "/api/imports/{id}/apply/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["imports_apply_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/failed-rows/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["imports_failed_rows_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/problems/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["imports_problems_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/undo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["imports_undo_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inventory/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["inventory_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inventory/transfer/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["inventory_transfer_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inventory/update/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["inventory_update_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["invitations_list"];
        put?: never;
        post: operations["invitations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["invitations_retrieve"];
        put?: never;
        post?: never;
        delete: operations["invitations_destroy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/accept/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["invitations_accept_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["logs.csv_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["logs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/{sequence}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["logs_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/verification/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["logs_verification_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mailings_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mailings_retrieve"];
        put: operations["mailings_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/{id}/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mailings_preview_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/{id}/runs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mailings_runs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/{id}/send/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["mailings_send_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/schedule/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mailings_schedule_retrieve"];
        put: operations["mailings_schedule_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["members_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["members_retrieve"];
        put?: never;
        post?: never;
        delete: operations["members_destroy"];
        options?: never;
        head?: never;
        patch: operations["members_partial_update"];
        trace?: never;
    };
    "/api/movements/by-category/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["movements_by_category_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/movements/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["movements_timeline_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organization/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["organization_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["organization_partial_update"];
        trace?: never;
    };
    "/api/periods/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["periods_list"];
        put?: never;
        post: operations["periods_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["products_list"];
        put?: never;
        post: operations["products_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["products_retrieve"];
        put: operations["products_update"];
        post?: never;
        delete: operations["products_destroy"];
        options?: never;
        head?: never;
        patch: operations["products_partial_update"];
        trace?: never;
    };
    "/api/products/{id}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["products_restore_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/bulk/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["products_bulk_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["purchase_orders_list"];
        put?: never;
        post: operations["purchase_orders_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["purchase_orders_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["purchase_orders_partial_update"];
        trace?: never;
    };
    "/api/purchase-orders/{id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purchase_orders_cancel_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/{id}/close/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purchase_orders_close_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/{id}/receive/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purchase_orders_receive_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/{id}/resend/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purchase_orders_resend_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/{id}/send/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purchase_orders_send_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchase-orders/{id}/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["purchase_orders_timeline_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/abc-xyz/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_abc_xyz_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/ageing/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_ageing_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/dashboard/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_dashboard_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/days-of-cover/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_days_of_cover_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/dead-stock/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_dead_stock_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/lead-times/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_lead_times_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/low-stock/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_low_stock_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/movements/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_movements_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/movements/products/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_movements_products_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/restock/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_restock_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/sell-through/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_sell_through_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/shrinkage/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_shrinkage_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/stock/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_stock_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/transfers-in-transit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_transfers_in_transit_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/turnover/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_turnover_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/valuation/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reports_valuation_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reservations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reservations_list"];
        put?: never;
        post: operations["reservations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reservations/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["reservations_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reservations/{id}/extend/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reservations_extend_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reservations/{id}/fulfil/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reservations_fulfil_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reservations/{id}/release/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reservations_release_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/accept/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restock_accept_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/lines/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_lines_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/lines/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_lines_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["restock_lines_partial_update"];
        trace?: never;
    };
    "/api/restock/lines/{id}/dismiss/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restock_lines_dismiss_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/lines/{id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_lines_replay_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/lines/{id}/snooze/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restock_lines_snooze_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/overrides/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_overrides_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/overrides/totals/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_overrides_totals_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/policies/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_policies_list"];
        put?: never;
        post: operations["restock_policies_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/policies/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_policies_retrieve"];
        put: operations["restock_policies_update"];
        post?: never;
        delete: operations["restock_policies_destroy"];
        options?: never;
        head?: never;
        patch: operations["restock_policies_partial_update"];
        trace?: never;
    };
    "/api/restock/proposals/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_proposals_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/proposals/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["restock_proposals_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restock/propose/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restock_propose_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sales/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sales_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sales/aggregated/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sales_aggregated_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sales/metrics/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sales_metrics_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sales/predictions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sales_predictions_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stock-movements/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stock_movements_list"];
        put?: never;
        post: operations["stock_movements_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stock-movements/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stock_movements_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stock-movements/{id}/reverse/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stock_movements_reverse_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stock-movements/bulk/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stock_movements_bulk_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stocks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stocks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stocks/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stocks_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["stocks_partial_update"];
        trace?: never;
    };
    "/api/stocks/dispose/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stocks_dispose_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stocks/hold/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stocks_hold_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stocks/matrix/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stocks_matrix_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stocks/unhold/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stocks_unhold_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stores/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stores_list"];
        put?: never;
        post: operations["stores_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stores/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stores_retrieve"];
        put: operations["stores_update"];
        post?: never;
        delete: operations["stores_destroy"];
        options?: never;
        head?: never;
        patch: operations["stores_partial_update"];
        trace?: never;
    };
    "/api/stores/{id}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stores_restore_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["stream_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppliers/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["suppliers_list"];
        put?: never;
        post: operations["suppliers_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppliers/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["suppliers_retrieve"];
        put: operations["suppliers_update"];
        post?: never;
        delete: operations["suppliers_destroy"];
        options?: never;
        head?: never;
        patch: operations["suppliers_partial_update"];
        trace?: never;
    };
    "/api/suppliers/{id}/lead-times/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["suppliers_lead_times_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppliers/{id}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["suppliers_restore_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tokens_list"];
        put?: never;
        post: operations["tokens_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tokens_retrieve"];
        put?: never;
        post?: never;
        delete: operations["tokens_destroy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}/rotate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["tokens_rotate_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transactions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["transactions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["transfers_list"];
        put?: never;
        post: operations["transfers_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["transfers_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["transfers_partial_update"];
        trace?: never;
    };
    "/api/transfers/{id}/approve/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_approve_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_cancel_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/close/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_close_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/dispatch/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_dispatch_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/receive/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_receive_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/request/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_request_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/settle/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfers_settle_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/{id}/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["transfers_timeline_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/in-transit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["transfers_in_transit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transfers/unsettled/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["transfers_unsettled_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-deliveries/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["webhook_deliveries_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-deliveries/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["webhook_deliveries_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-deliveries/{id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webhook_deliveries_replay_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["webhooks_list"];
        put?: never;
        post: operations["webhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["webhooks_retrieve"];
        put: operations["webhooks_update"];
        post?: never;
        delete: operations["webhooks_destroy"];
        options?: never;
        head?: never;
        patch: operations["webhooks_partial_update"];
        trace?: never;
    };
    "/api/webhooks/{id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webhooks_replay_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/resume/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webhooks_resume_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/rotate-secret/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webhooks_rotate_secret_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/test/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["webhooks_test_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/event-types/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["webhooks_event_types_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        AbcClassEnum: "A" | "B" | "C";
        AbcXyzFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        AbcXyzMeta: {
            basis: components["schemas"]["BasisEnum"];
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["AbcXyzFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            period: components["schemas"]["AbcXyzPeriod"];
            report: string;
            title: string;
            weeks: number;
        };
        AbcXyzPeriod: {
            days: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
        };
        AbcXyzReport: {
            meta: components["schemas"]["AbcXyzMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["AbcXyzRow"][];
            totals: components["schemas"]["AbcXyzTotal"][];
        };
        AbcXyzRow: {
            abc: string | null;
            currency: string;
            /** Format: double */
            gross_margin?: number | null;
            product?: string | null;
            product_id?: number | null;
            /** Format: double */
            revenue: number | null;
            /** Format: double */
            share_before_percent: number | null;
            /** Format: double */
            share_percent: number | null;
            sku?: string | null;
            unit?: string | null;
            /** Format: double */
            units_sold: number | null;
            /** Format: double */
            variation: number | null;
            /** Format: double */
            weekly_units: number | null;
            xyz: string | null;
        };
        AbcXyzTotal: {
            currency: string;
            /** Format: double */
            gross_margin?: number | null;
            /** Format: double */
            revenue: number | null;
            /** Format: double */
            units_sold: number | null;
        };
        AcceptRequest: {
            email?: string;
            /** @default  */
            first_name?: string;
            /** @default  */
            last_name?: string;
            password?: string;
            token: string;
            username?: string;
        };
        Accuracy: {
            /** Format: date */
            end_date: string;
            /** Format: date */
            start_date: string;
            stores: components["schemas"]["StoreAccuracy"][];
            total: components["schemas"]["AccuracyFigures"];
        };
        AccuracyFigures: {
            /** Format: double */
            accuracy?: number | null;
            accurate?: number;
            /** Format: double */
            book_units?: number;
            counted: number;
            counts: number;
            lines: number;
            /** Format: double */
            overage_cost?: number;
            /** Format: double */
            overage_units?: number;
            /** Format: double */
            shortage_cost?: number;
            /** Format: double */
            shortage_units?: number;
            /** Format: double */
            shrinkage_cost?: number;
            /** Format: double */
            shrinkage_units?: number;
            uncounted: number;
        };
        Actor: {
            id: number | null;
            label: string;
        };
        AgeingFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        AgeingMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["AgeingFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            report: string;
            title: string;
        };
        AgeingReport: {
            meta: components["schemas"]["AgeingMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["AgeingRow"][];
            totals: components["schemas"]["AgeingTotal"][];
        };
        AgeingRow: {
            /** Format: double */
            average_age: number | null;
            category?: string | null;
            category_id?: number | null;
            currency: string;
            /** Format: double */
            on_hand: number | null;
            product?: string | null;
            product_id?: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            unit?: string | null;
            /** Format: double */
            units_30: number | null;
            /** Format: double */
            units_60: number | null;
            /** Format: double */
            units_90: number | null;
            /** Format: double */
            units_180: number | null;
            /** Format: double */
            units_older: number | null;
            /** Format: double */
            value?: number | null;
            /** Format: double */
            value_30?: number | null;
            /** Format: double */
            value_60?: number | null;
            /** Format: double */
            value_90?: number | null;
            /** Format: double */
            value_180?: number | null;
            /** Format: double */
            value_older?: number | null;
        };
        AgeingTotal: {
            /** Format: double */
            average_age: number | null;
            currency: string;
            /** Format: double */
            on_hand: number | null;
            /** Format: double */
            units_30: number | null;
            /** Format: double */
            units_60: number | null;
            /** Format: double */
            units_90: number | null;
            /** Format: double */
            units_180: number | null;
            /** Format: double */
            units_older: number | null;
            /** Format: double */
            value?: number | null;
            /** Format: double */
            value_30?: number | null;
            /** Format: double */
            value_60?: number | null;
            /** Format: double */
            value_90?: number | null;
            /** Format: double */
            value_180?: number | null;
            /** Format: double */
            value_older?: number | null;
        };
        AggregatedSales: {
            by: components["schemas"]["AggregatedSalesByEnum"];
            currencies: string[];
            currency: string | null;
            days: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            known_since: string | null;
            /** Format: date */
            last_day: string;
            results: components["schemas"]["SalesRow"][];
            rows_left_out: number;
            totals: components["schemas"]["SalesFigures"];
        };
        /** @enum {string} */
        AggregatedSalesByEnum: "day" | "week" | "month" | "store" | "category" | "product";
        Alert: {
            assignee: string;
            assignee_id: number | null;
            at_opening: components["schemas"]["AlertOpening"];
            /** Format: double */
            available: number;
            /** Format: double */
            available_now: number;
            category: string | null;
            /** Format: date-time */
            closed_at: string | null;
            /** Format: double */
            coming: number;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: date-time */
            decided_at: string | null;
            decided_by: string;
            delivery_days: number;
            /** Format: date */
            expected_on: string | null;
            horizons_at_risk: number[];
            id: number;
            kind: components["schemas"]["AlertKindEnum"];
            /** Format: date-time */
            looked_at: string;
            /** Format: double */
            money_at_risk?: number;
            note: string;
            /** Format: date-time */
            opened_at: string;
            order_now: boolean;
            /** Format: double */
            order_up_to: number | null;
            /** Format: double */
            position: number;
            product: number;
            product_name: string;
            /** Format: double */
            quantity: number;
            /** Format: double */
            reorder_point: number | null;
            sentence: string;
            severity: components["schemas"]["AlertSeverityEnum"];
            sku: string;
            /** Format: date-time */
            snoozed_until: string | null;
            status: components["schemas"]["AlertStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            supplier: string | null;
            unit: string;
            /** Format: double */
            units_1: number | null;
            /** Format: double */
            units_7: number | null;
            /** Format: double */
            units_30: number | null;
            /** Format: double */
            units_at_risk: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        AlertAssignRequest: {
            /** Format: int64 */
            user: number | null;
        };
        AlertDetail: {
            assignee: string;
            assignee_id: number | null;
            at_opening: components["schemas"]["AlertOpening"];
            /** Format: double */
            available: number;
            /** Format: double */
            available_now: number;
            category: string | null;
            /** Format: date-time */
            closed_at: string | null;
            /** Format: double */
            coming: number;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: date-time */
            decided_at: string | null;
            decided_by: string;
            delivery_days: number;
            /** Format: date */
            expected_on: string | null;
            history: components["schemas"]["AlertStep"][];
            horizons_at_risk: number[];
            id: number;
            kind: components["schemas"]["AlertKindEnum"];
            /** Format: date-time */
            looked_at: string;
            /** Format: double */
            money_at_risk?: number;
            note: string;
            /** Format: date-time */
            opened_at: string;
            order_now: boolean;
            /** Format: double */
            order_up_to: number | null;
            /** Format: double */
            position: number;
            product: number;
            product_name: string;
            /** Format: double */
            quantity: number;
            /** Format: double */
            reorder_point: number | null;
            sentence: string;
            severity: components["schemas"]["AlertSeverityEnum"];
            sku: string;
            /** Format: date-time */
            snoozed_until: string | null;
            status: components["schemas"]["AlertStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            supplier: string | null;
            unit: string;
            /** Format: double */
            units_1: number | null;
            /** Format: double */
            units_7: number | null;
            /** Format: double */
            units_30: number | null;
            /** Format: double */
            units_at_risk: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        AlertKindCount: {
            at_risk: number;
            below_reorder_point: number;
            dead_stock: number;
            out_of_stock: number;
            overstock: number;
            predicted_stockout: number;
        };
        /** @enum {string} */
        AlertKindEnum: "out_of_stock" | "at_risk" | "below_reorder_point" | "predicted_stockout" | "overstock" | "dead_stock";
        AlertNoteRequest: {
            /** @default  */
            note?: string;
        };
        AlertOpening: {
            /** Format: double */
            available: number;
            /** Format: double */
            position: number;
            severity: components["schemas"]["AlertSeverityEnum"];
            /** Format: double */
            units_1: number | null;
            /** Format: double */
            units_7: number | null;
            /** Format: double */
            units_30: number | null;
        };
        AlertRestockRequest: {
            /** Format: double */
            quantity?: number | null;
        };
        AlertsAcknowledged: {
            acknowledged: number;
        };
        AlertsAcknowledgeRequest: {
            alerts: number[];
            /** @default  */
            note?: string;
        };
        AlertSeverityCount: {
            critical: number;
            high: number;
            medium: number;
        };
        /** @enum {string} */
        AlertSeverityEnum: "critical" | "high" | "medium";
        AlertSnoozeRequest: {
            /** @default  */
            note?: string;
            /** Format: date-time */
            until: string;
        };
        AlertStatusCount: {
            acknowledged: number;
            open: number;
            snoozed: number;
        };
        /** @enum {string} */
        AlertStatusEnum: "open" | "acknowledged" | "snoozed" | "resolved";
        AlertStep: {
            action: string;
            /** Format: date-time */
            at: string;
            by: string;
            note: string;
            severity: string | null;
            status: string | null;
        };
        AlertSummary: {
            kind: components["schemas"]["AlertKindCount"];
            severity: components["schemas"]["AlertSeverityCount"];
            status: components["schemas"]["AlertStatusCount"];
            total: number;
        };
        /** @enum {string} */
        AppliedViaEnum: "worker" | "request" | "command";
        ApprovalInputRequest: {
            /** @default false */
            accept_moved?: boolean;
            /** @default false */
            uncounted_as_zero?: boolean;
        };
        ArrivedRequest: {
            /** Format: double */
            damaged?: number;
            product: number | string;
            /** Format: double */
            quantity?: number;
            /** Format: double */
            rejected?: number;
            /** Format: double */
            unit_cost?: number;
        };
        Barcode: {
            code: string;
            /** Format: double */
            units?: number;
        };
        BarcodeRequest: {
            code: string;
            /** Format: double */
            units?: number;
        };
        /** @enum {string} */
        BasisEnum: "revenue" | "margin" | "units";
        BestDay: {
            /** Format: double */
            average_price: number | null;
            /** Format: date */
            date: string;
            /** Format: double */
            gross_margin?: number | null;
            /** Format: double */
            history_units: number | null;
            /** Format: double */
            margin_covers_percent?: number | null;
            /** Format: double */
            margin_percent?: number | null;
            /** Format: double */
            revenue: number | null;
            transactions: number | null;
            /** Format: double */
            units: number | null;
        };
        /** @enum {string} */
        BindingEnum: "enough" | "demand" | "pack" | "moq" | "budget" | "transfer";
        /** @enum {unknown} */
        BlankEnum: "";
        Booked: {
            bucket: components["schemas"]["BucketEnum"];
            lines: components["schemas"]["BookedLine"][];
            store: number;
        };
        BookedLine: {
            /** Format: double */
            available: number;
            movements: string[];
            /** Format: double */
            on_hand: number;
            /** Format: double */
            on_hold: number;
            /** Format: double */
            on_hold_damaged: number;
            /** Format: double */
            on_hold_quality: number;
            product: number;
            /** Format: double */
            quantity: number;
            /** Format: double */
            reserved: number;
            sku: string;
        };
        BookingRequest: {
            bucket: components["schemas"]["BucketEnum"];
            lines: components["schemas"]["WantedRequest"][];
            /** @default  */
            reason?: string;
            /** @default  */
            reference?: string;
            store: number | string;
        };
        BoughtRequest: {
            /** Format: double */
            packs?: number;
            product: number | string;
            /** Format: double */
            quantity?: number;
            /** Format: double */
            unit_cost?: number;
        };
        /** @enum {string} */
        BucketEnum: "damaged" | "quality";
        BulkAnswer: {
            accepted: number;
            applied: number;
            invalid: number;
            rejected: number;
            replayed: number;
            results: components["schemas"]["BulkReceipt"][];
        };
        BulkReceipt: {
            /** Format: double */
            balance_after: number | null;
            code: string;
            fields: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string | null;
            reason: string;
            replayed: boolean;
            row: number;
            status: components["schemas"]["BulkReceiptStatusEnum"];
        };
        /** @enum {string} */
        BulkReceiptStatusEnum: "accepted" | "applied" | "rejected" | "invalid";
        ByCategory: {
            /** Format: date-time */
            begins_at: string;
            /** Format: date-time */
            ends_at: string;
            results: components["schemas"]["CategoryMoved"][];
            step_seconds: number;
            time_zone: string;
            totals: components["schemas"]["Moved"];
            window: components["schemas"]["WindowEnum"];
        };
        Caller: {
            /** Format: email */
            email: string;
            first_name: string;
            id: number;
            last_name: string;
            organization: components["schemas"]["Organization"];
            role: components["schemas"]["RoleEnum"];
            scopes: string[] | null;
            sees_costs: boolean;
            stores: number[] | null;
            username: string;
        };
        CancelPurchaseRequest: {
            /** @default  */
            reason?: string;
        };
        CancelRequest: {
            /** @default  */
            reason?: string;
        };
        Category: {
            /** Format: date-time */
            readonly created_at: string;
            readonly id: number;
            name: string;
            /** Format: date-time */
            readonly updated_at: string;
            version?: number;
        };
        CategoryMoved: {
            category: string | null;
            category_id: number | null;
            movements: number;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
        };
        CategoryRequest: {
            name: string;
            version?: number;
        };
        Change: {
            action: string;
            actor: components["schemas"]["Actor"];
            readonly after: {
                [key: string]: unknown;
            } | null;
            readonly before: {
                [key: string]: unknown;
            } | null;
            /** Format: int64 */
            block: number;
            chain: number;
            readonly cursor: string;
            readonly detail: {
                [key: string]: unknown;
            } | null;
            object_id: string;
            object_label: string;
            object_type: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: int64 */
            product_id?: number | null;
            request_id: string;
            readonly sequence: number;
            /** Format: int64 */
            store_id?: number | null;
        };
        Changes: {
            has_more: boolean;
            next: string;
            results: components["schemas"]["Change"][];
        };
        CloseRequest: {
            /** @default  */
            reason?: string;
        };
        /** @enum {string} */
        CodeEnum: "not_whole_packs" | "below_minimum" | "other_supplier" | "running_out";
        Compared: {
            /** Format: double */
            revenue: number | null;
            /** Format: double */
            revenue_growth: number | null;
            /** Format: double */
            units: number | null;
            /** Format: double */
            units_growth: number | null;
        };
        Correction: {
            count: number;
            line: number;
            /** Format: uuid */
            movement: string;
            product: number;
            /** Format: double */
            quantity: number;
            sku: string;
        };
        Corrections: {
            corrections: components["schemas"]["Correction"][];
        };
        Count: {
            blind: boolean;
            /** Format: date-time */
            cancelled_at: string | null;
            /** Format: date-time */
            created_at: string;
            id: number;
            kind: components["schemas"]["CountKindEnum"];
            name: string;
            number: string;
            planned_by: string;
            /** Format: date */
            planned_for: string | null;
            /** Format: date-time */
            posted_at: string | null;
            posted_by: string;
            /** Format: date-time */
            started_at: string | null;
            state: components["schemas"]["CountStateEnum"];
            store: number;
            store_code: string;
            store_name: string;
            /** Format: date-time */
            submitted_at: string | null;
            /** Format: double */
            tolerance_percent: number;
            /** Format: double */
            tolerance_units: number;
            uncounted_as_zero: boolean;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        CountedProduct: {
            product: number;
            product_name: string;
            sku: string;
        };
        CountEntriesAnswer: {
            recorded: number;
            replayed: number;
            results: components["schemas"]["CountEntryReceipt"][];
        };
        CountEntry: {
            /** Format: date-time */
            counted_at: string;
            counter: string;
            id: number;
            line: number;
            place: string;
            product: number;
            product_name: string;
            /** Format: double */
            quantity: number;
            /** Format: date-time */
            recorded_at: string;
            round: number;
            sku: string;
            /** Format: date-time */
            voided_at: string | null;
            voided_by: string;
        };
        CountEntryInputRequest: {
            /** Format: date-time */
            counted_at?: string;
            idempotency_key?: string;
            place?: string;
            product: unknown;
            /** Format: double */
            quantity: number;
        };
        CountEntryReceipt: {
            /** Format: date-time */
            counted_at: string;
            id: number;
            line: number;
            product: number;
            /** Format: double */
            quantity: number;
            replayed: boolean;
            round: number;
            row: number;
        };
        CountInputRequest: {
            /** @default true */
            blind?: boolean;
            kind: components["schemas"]["CountKindEnum"];
            name?: string;
            /** Format: date */
            planned_for?: string | null;
            products?: unknown[];
            store: unknown;
            take?: number;
            /** Format: double */
            tolerance_percent?: number;
            /** Format: double */
            tolerance_units?: number;
        };
        /** @enum {string} */
        CountKindEnum: "full" | "cycle" | "spot";
        CountLine: {
            added: boolean;
            /** Format: double */
            book?: number | null;
            /** Format: double */
            counted: number | null;
            /** Format: date-time */
            counted_at: string | null;
            entries: number;
            id: number;
            /** Format: double */
            moved?: number | null;
            product: number;
            product_name: string;
            recounting: boolean;
            round: number;
            sku: string;
            unit: string;
            /** Format: double */
            variance?: number | null;
            /** Format: double */
            variance_cost?: number | null;
            within_tolerance?: boolean | null;
        };
        /** @enum {string} */
        CountStateEnum: "planned" | "counting" | "counted" | "recount" | "posted" | "cancelled";
        CountSummary: {
            /** Format: double */
            accuracy?: number | null;
            accurate?: number;
            added: number;
            adjustments?: number;
            /** Format: date-time */
            as_of: string;
            /** Format: double */
            book_units?: number;
            count: number;
            counted: number;
            /** Format: double */
            counted_units?: number;
            entries: number;
            late_adjustments?: number;
            /** Format: double */
            late_units?: number;
            lines: number;
            moved?: number;
            /** Format: double */
            overage_cost?: number;
            /** Format: double */
            overage_units?: number;
            recounting: number;
            /** Format: double */
            shortage_cost?: number;
            /** Format: double */
            shortage_units?: number;
            /** Format: double */
            shrinkage_cost?: number;
            /** Format: double */
            shrinkage_units?: number;
            state: components["schemas"]["CountStateEnum"];
            uncounted: number;
            uncounted_products: components["schemas"]["CountedProduct"][];
        };
        Csrf: {
            csrf_token: string;
        };
        Dashboard: {
            balances: number;
            /** Format: date-time */
            computed_at: string;
            /** Format: double */
            cost_value?: number;
            days: components["schemas"]["Day"][];
            /** Format: date-time */
            last_movement_at: string | null;
            low_stock: number;
            negative_stock: number;
            out_of_stock: number;
            over_stock: number;
            products: number;
            /** Format: double */
            retail_value: number;
            stores: number;
            today: components["schemas"]["Day"];
            /** Format: double */
            units: number;
        };
        /** @enum {string} */
        DateFormatEnum: "ymd" | "dmy" | "mdy";
        Day: {
            /** Format: date */
            date: string;
            movements: number;
            /** Format: double */
            revenue: number;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
            /** Format: double */
            units_sold: number;
        };
        DaysOfCoverFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        DaysOfCoverMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["DaysOfCoverFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            period: components["schemas"]["DaysOfCoverPeriod"];
            report: string;
            title: string;
        };
        DaysOfCoverPeriod: {
            days: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
        };
        DaysOfCoverReport: {
            meta: components["schemas"]["DaysOfCoverMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["DaysOfCoverRow"][];
            totals: components["schemas"]["DaysOfCoverTotal"][];
        };
        DaysOfCoverRow: {
            /** Format: double */
            available: number | null;
            category?: string | null;
            category_id?: number | null;
            currency: string;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: double */
            on_hand: number | null;
            product?: string | null;
            product_id?: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            unit?: string | null;
            /** Format: double */
            units_per_day: number | null;
            /** Format: double */
            units_sold: number | null;
            /** Format: double */
            value?: number | null;
        };
        DaysOfCoverTotal: {
            /** Format: double */
            available: number | null;
            currency: string;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: double */
            on_hand: number | null;
            /** Format: double */
            units_per_day: number | null;
            /** Format: double */
            units_sold: number | null;
            /** Format: double */
            value?: number | null;
        };
        DeadStockFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        DeadStockMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            days: number;
            figures: components["schemas"]["DeadStockFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            report: string;
            title: string;
        };
        DeadStockReport: {
            meta: components["schemas"]["DeadStockMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["DeadStockRow"][];
            totals: components["schemas"]["DeadStockTotal"][];
        };
        DeadStockRow: {
            category?: string | null;
            category_id?: number | null;
            currency: string;
            /** Format: date */
            held_since: string | null;
            /** Format: double */
            idle_days: number | null;
            /** Format: date */
            last_sold_on: string | null;
            /** Format: double */
            on_hand: number | null;
            product?: string | null;
            product_id?: number | null;
            /** Format: double */
            retail_value: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            unit?: string | null;
            /** Format: double */
            value?: number | null;
        };
        DeadStockTotal: {
            currency: string;
            /** Format: double */
            on_hand: number | null;
            /** Format: double */
            retail_value: number | null;
            /** Format: double */
            value?: number | null;
        };
        /** @enum {string} */
        DecimalEnum: "." | ",";
        /** @enum {string} */
        DelimiterEnum: "," | ";" | "\t" | "|";
        Delivery: {
            after: string;
            answer: string;
            /** Format: date-time */
            readonly attempted_at: string | null;
            readonly attempts: number;
            /** Format: date-time */
            readonly created_at: string;
            readonly duration_ms: number | null;
            error: string;
            events: number;
            /** Format: date-time */
            readonly finished_at: string | null;
            readonly id: number;
            kind: components["schemas"]["WebhookDeliveryKindEnum"];
            response_status: number | null;
            status: components["schemas"]["WebhookDeliveryStatusEnum"];
            until: string;
            url: string;
            webhook: number;
        };
        DeliveryRequest: {
            delivery_note?: string;
            lines?: components["schemas"]["ArrivedRequest"][];
            note?: string;
            /** Format: date-time */
            received_at?: string;
        };
        DispatchRequest: {
            lines?: components["schemas"]["ShippedRequest"][];
        };
        /** @enum {string} */
        DisposeKindEnum: "removal" | "supplier_return";
        DisposeRequest: {
            bucket: components["schemas"]["BucketEnum"];
            /** @default removal */
            kind?: components["schemas"]["DisposeKindEnum"];
            lines: components["schemas"]["WantedRequest"][];
            /** @default  */
            reason?: string;
            /** @default  */
            reference?: string;
            store: number | string;
        };
        Due: {
            abc_class: components["schemas"]["AbcClassEnum"];
            cycle_days: number;
            days_since_counted: number | null;
            due: boolean;
            in_open_count: boolean;
            /** Format: date-time */
            last_counted_at: string | null;
            product_id: number;
            product_name: string;
            sku: string;
            /** Format: double */
            units_sold: number;
            /** Format: double */
            value_at_cost?: number;
        };
        Entry: {
            action: string;
            actor: components["schemas"]["Actor"];
            readonly after: {
                [key: string]: unknown;
            } | null;
            readonly before: {
                [key: string]: unknown;
            } | null;
            /** Format: int64 */
            block: number;
            chain: number;
            readonly detail: {
                [key: string]: unknown;
            } | null;
            object_id: string;
            object_label: string;
            object_type: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: int64 */
            product_id?: number | null;
            request_id: string;
            readonly sequence: number;
            /** Format: int64 */
            store_id?: number | null;
        };
        Error: {
            code: string;
            detail: string;
            fields: {
                [key: string]: unknown;
            };
            request_id: string;
        };
        EventType: {
            description: string;
            type: string;
        };
        EventTypes: {
            results: components["schemas"]["EventType"][];
        };
        Export: {
            bom: boolean;
            /** Format: date-time */
            created_at: string;
            download_url: string | null;
            error: string;
            /** Format: date-time */
            expires_at: string | null;
            file_name: string;
            format: components["schemas"]["FormatEnum"];
            id: number;
            path: string;
            /** Format: date-time */
            ready_at: string | null;
            rows: number;
            size: number | null;
            status: components["schemas"]["ExportStatusEnum"];
        };
        ExportInputRequest: {
            /** @default false */
            bom?: boolean;
            /** @default csv */
            format?: components["schemas"]["FormatEnum"];
            path: string;
        };
        /** @enum {string} */
        ExportStatusEnum: "waiting" | "running" | "ready" | "failed" | "expired";
        ExtendRequest: {
            /** Format: date-time */
            expires_at?: string;
        };
        Forecast: {
            accuracy: components["schemas"]["ForecastOneAccuracy"];
            alternative: components["schemas"]["ForecastAlternative"] | null;
            backtest: components["schemas"]["ForecastBacktest"];
            category: string | null;
            components: components["schemas"]["ForecastComponents"];
            days: components["schemas"]["ForecastDay"][];
            /** Format: date */
            first_day: string;
            id: string;
            /** Format: double */
            lost_money: number;
            /** Format: double */
            lost_units: number;
            /** Format: date-time */
            made_at: string;
            method: components["schemas"]["MethodEnum"];
            observed_days: number;
            product_id: number;
            product_name: string;
            run: number;
            sentences: string[];
            sku: string;
            state: components["schemas"]["ForecastStateEnum"];
            stockout_days: number;
            store_code: string;
            store_id: number;
            store_name: string;
            totals: components["schemas"]["ForecastTotal"][];
            unit: string;
        };
        ForecastAccuracy: {
            by: string;
            /** Format: date-time */
            made_at: string | null;
            results: components["schemas"]["ForecastAccuracyRow"][];
            run: number | null;
        };
        ForecastAccuracyRow: {
            baseline?: components["schemas"]["ForecastBaseline"];
            /** Format: double */
            bias: number | null;
            /** Format: double */
            coverage_95: number | null;
            currency?: string | null;
            days?: number;
            /** Format: date */
            first_day?: string;
            /** Format: double */
            forecast?: number;
            /** Format: double */
            lost_money?: number | null;
            /** Format: double */
            lost_units?: number | null;
            /** Format: double */
            mape?: number | null;
            /** Format: double */
            mase?: number | null;
            /** Format: double */
            pinball_95?: number | null;
            product_id?: number;
            product_name?: string;
            /** Format: double */
            rmsse?: number | null;
            series: number;
            series_tested?: number;
            sku?: string;
            /** Format: double */
            smape?: number | null;
            store_code?: string;
            store_id?: number;
            store_name?: string;
            /** Format: double */
            units?: number;
            /** Format: double */
            units_tested?: number;
            /** Format: double */
            wape: number | null;
        };
        ForecastAlternative: {
            /** Format: double */
            bias: number | null;
            coefficients: {
                [key: string]: number;
            };
            days: components["schemas"]["ForecastDay"][];
            method: string;
            method_used: string;
            totals: components["schemas"]["ForecastTotal"][];
            /** Format: double */
            wape: number | null;
        };
        ForecastBacktest: {
            days: components["schemas"]["ForecastBacktestDay"][];
            /** Format: date */
            first_day: string | null;
        };
        ForecastBacktestDay: {
            /** Format: double */
            actual: number;
            /** Format: date */
            date: string;
            /** Format: double */
            forecast: number;
        };
        ForecastBaseline: {
            /** Format: double */
            bias: number | null;
            /** Format: double */
            mape: number | null;
            /** Format: double */
            mase: number | null;
            method: string;
            /** Format: double */
            pinball_95: number | null;
            /** Format: double */
            rmsse: number | null;
            /** Format: double */
            smape: number | null;
            /** Format: double */
            wape: number | null;
        };
        ForecastComponents: {
            /** Format: double */
            average_7_days: number;
            /** Format: double */
            average_28_days: number;
            /** Format: double */
            half_life_days: number | null;
            /** Format: double */
            level: number;
            /** Format: double */
            season_30_days: number;
            /** Format: double */
            trend_30_days: number;
            weekdays: {
                [key: string]: number;
            };
            weekly_pattern: components["schemas"]["ForecastPattern"];
            windows_tested: number;
            yearly_pattern: components["schemas"]["ForecastPattern"];
        };
        ForecastDay: {
            /** Format: date */
            date: string;
            /** Format: double */
            units: number;
        };
        ForecastOneAccuracy: {
            baseline: components["schemas"]["ForecastBaseline"];
            /** Format: double */
            bias: number | null;
            /** Format: double */
            coverage_95: number | null;
            days_tested: number;
            /** Format: double */
            mape: number | null;
            /** Format: double */
            mase: number | null;
            /** Format: double */
            pinball_95: number | null;
            /** Format: double */
            rmsse: number | null;
            /** Format: double */
            smape: number | null;
            /** Format: double */
            units_tested: number;
            /** Format: double */
            wape: number | null;
        };
        ForecastPattern: {
            found: boolean;
            /** Format: double */
            strength: number;
        };
        ForecastProgress: {
            parts: number;
            parts_done: number;
            /** Format: double */
            percent: number;
            /** Format: double */
            seconds: number;
        };
        ForecastRow: {
            category: string | null;
            /** Format: date */
            first_day: string;
            id: string;
            /** Format: double */
            lost_money: number;
            /** Format: double */
            lost_units: number;
            method: components["schemas"]["MethodEnum"];
            observed_days: number;
            product_id: number;
            product_name: string;
            sku: string;
            state: components["schemas"]["ForecastStateEnum"];
            stockout_days: number;
            store_code: string;
            store_id: number;
            store_name: string;
            totals: components["schemas"]["ForecastTotal"][];
            unit: string;
        };
        ForecastRun: {
            accuracy: {
                [key: string]: unknown;
            } | null;
            code_version: string;
            counts: {
                [key: string]: unknown;
            } | null;
            /** Format: double */
            cpu_seconds: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date */
            due_date: string;
            error: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: date */
            first_day: string | null;
            id: number;
            is_current: boolean;
            /** Format: date */
            last_day: string | null;
            parameters: {
                [key: string]: unknown;
            };
            progress: components["schemas"]["ForecastProgress"];
            requested_by: string;
            series: number | null;
            /** Format: date-time */
            started_at: string | null;
            status: components["schemas"]["ForecastRunStatusEnum"];
            trigger: components["schemas"]["ForecastRunTriggerEnum"];
        };
        /** @enum {string} */
        ForecastRunStatusEnum: "queued" | "running" | "finished" | "failed";
        /** @enum {string} */
        ForecastRunTriggerEnum: "nightly" | "on_demand" | "import";
        /** @enum {string} */
        ForecastStateEnum: "ok" | "short_history" | "too_little_history" | "group_only" | "no_sales";
        ForecastTotal: {
            days: number;
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            median: number;
            /** Format: double */
            units: number;
        };
        /** @enum {string} */
        FormatEnum: "csv" | "xlsx" | "json";
        FormerPeriod: {
            /** Format: date */
            first_day: string;
            known: boolean;
            /** Format: date */
            last_day: string;
            /** Format: double */
            revenue: number | null;
            /** Format: double */
            revenue_growth: number | null;
            /** Format: double */
            units: number | null;
            /** Format: double */
            units_growth: number | null;
        };
        /** @enum {string} */
        FulfilKindEnum: "sale" | "removal";
        FulfilledRequest: {
            product: number | string;
            /** Format: double */
            quantity: number;
            /** Format: double */
            unit_price?: number;
        };
        FulfilRequest: {
            /** @default sale */
            kind?: components["schemas"]["FulfilKindEnum"];
            lines?: components["schemas"]["FulfilledRequest"][];
            /** @default  */
            reason?: string;
        };
        GoodsReceipt: {
            /** Format: date-time */
            created_at: string;
            currency: string;
            delivery_note: string;
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["GoodsReceiptLine"][];
            note: string;
            number: string;
            /** Format: uuid */
            order: string;
            order_number: string;
            /** Format: date-time */
            received_at: string;
            received_by: string;
            /** Format: date-time */
            reversed_at: string | null;
            store: number;
            store_code: string;
            store_name: string;
            supplier: number;
            supplier_name: string;
        };
        GoodsReceiptLine: {
            /** Format: double */
            damaged: number;
            /** Format: uuid */
            damaged_movement_id: string | null;
            /** Format: uuid */
            movement_id: string | null;
            /** Format: double */
            ordered: number;
            /** Format: double */
            ordered_unit_cost?: number;
            position: number;
            product: number;
            product_name: string;
            /** Format: double */
            quantity: number;
            /** Format: double */
            rejected: number;
            reversal_reason: string;
            /** Format: date-time */
            reversed_at: string | null;
            reversed_by: string;
            sku: string;
            unit: string;
            /** Format: double */
            unit_cost?: number;
        };
        GoodsReceiptRow: {
            /** Format: date-time */
            created_at: string;
            currency: string;
            delivery_note: string;
            /** Format: uuid */
            id: string;
            line_count: number;
            note: string;
            number: string;
            /** Format: uuid */
            order: string;
            order_number: string;
            /** Format: date-time */
            received_at: string;
            received_by: string;
            /** Format: date-time */
            reversed_at: string | null;
            store: number;
            store_code: string;
            store_name: string;
            supplier: number;
            supplier_name: string;
            /** Format: double */
            units_damaged: number;
            /** Format: double */
            units_received: number;
            /** Format: double */
            units_rejected: number;
        };
        HoldRequest: {
            bucket: components["schemas"]["BucketEnum"];
            from_bucket?: components["schemas"]["BucketEnum"];
            lines: components["schemas"]["WantedRequest"][];
            /** @default  */
            reason?: string;
            /** @default  */
            reference?: string;
            store: number | string;
        };
        Import: {
            /** Format: date-time */
            applied_at: string | null;
            asked: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            created_by: string;
            error: string;
            errors: components["schemas"]["ImportProblem"][];
            failed: number;
            file_name: string;
            found: {
                [key: string]: unknown;
            };
            has_failed_rows: boolean;
            id: number;
            kind: string;
            notices: number;
            number: string;
            preview: {
                [key: string]: unknown;
            }[];
            progress: components["schemas"]["ImportProgress"];
            /** Format: date-time */
            ready_at: string | null;
            result: {
                [key: string]: unknown;
            };
            rows: number;
            sha256: string;
            size: number;
            skipped: number;
            status: components["schemas"]["ImportStatusEnum"];
            store: number | null;
            succeeded: number;
            /** Format: date-time */
            undone_at: string | null;
            undone_by: string;
        };
        ImportInputRequest: {
            /** @default false */
            apply?: boolean;
            date_format?: components["schemas"]["DateFormatEnum"];
            decimal?: components["schemas"]["DecimalEnum"];
            delimiter?: components["schemas"]["DelimiterEnum"];
            encoding?: string;
            /** Format: binary */
            file: string;
            /** @default false */
            keep_repeats?: boolean;
            /** @default false */
            keeps_stock?: boolean;
            kind?: components["schemas"]["ImportKindEnum"];
            mapping?: {
                [key: string]: string;
            };
            store?: string;
        };
        /** @enum {string} */
        ImportKindEnum: "unified" | "sales" | "products" | "inventory" | "opening" | "suppliers" | "history" | "shopify_inventory" | "shopify_products";
        ImportProblem: {
            column: string;
            line: number;
            outcome: components["schemas"]["ImportProblemOutcomeEnum"];
            reason: string;
            value: string;
        };
        /** @enum {string} */
        ImportProblemOutcomeEnum: "failed" | "skipped" | "notice";
        ImportProgress: {
            /** Format: double */
            percent: number;
            rows_done: number;
            rows_per_second: number;
            rows_to_do: number;
            /** Format: double */
            seconds_left: number | null;
        };
        ImportRow: {
            /** Format: date-time */
            applied_at: string | null;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            error: string;
            failed: number;
            file_name: string;
            id: number;
            kind: string;
            notices: number;
            number: string;
            progress: components["schemas"]["ImportProgress"];
            /** Format: date-time */
            ready_at: string | null;
            rows: number;
            sha256: string;
            size: number;
            skipped: number;
            status: components["schemas"]["ImportStatusEnum"];
            store: number | null;
            succeeded: number;
            /** Format: date-time */
            undone_at: string | null;
            undone_by: string;
        };
        /** @enum {string} */
        ImportStatusEnum: "uploaded" | "validating" | "ready" | "applying" | "applied" | "failed" | "undoing" | "undone";
        InTransitRow: {
            /** Format: date */
            next_expected_on: string | null;
            product_id: number;
            product_name: string;
            sku: string;
            store_code: string;
            store_id: number;
            store_name: string;
            transfers: number;
            /** Format: double */
            units: number;
        };
        InventoryTransferRequest: {
            from_store: unknown;
            product_id: unknown;
            /** Format: double */
            quantity: number;
            reason?: string;
            to_store: unknown;
        };
        InventoryUpdateRequest: {
            /** Format: double */
            delta: number;
            /** Format: double */
            expected?: number | null;
            product_id: unknown;
            reason?: string;
            store_id: unknown;
        };
        Invitation: {
            /** Format: date-time */
            readonly accepted_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: email */
            readonly email: string;
            /** Format: date-time */
            readonly expires_at: string;
            readonly id: number;
            invited_by?: string | null;
            /** Format: date-time */
            readonly revoked_at: string | null;
            readonly role: components["schemas"]["RoleEnum"];
            readonly sees_costs: boolean;
            readonly stores: number[] | null;
        };
        Invited: {
            /** Format: date-time */
            readonly accepted_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: email */
            readonly email: string;
            /** Format: date-time */
            readonly expires_at: string;
            readonly id: number;
            invited_by?: string | null;
            /** Format: uri */
            link: string;
            /** Format: date-time */
            readonly revoked_at: string | null;
            readonly role: components["schemas"]["RoleEnum"];
            readonly sees_costs: boolean;
            readonly stores: number[] | null;
            token: string;
        };
        InviteRequest: {
            /** Format: email */
            email: string;
            /** @default 7 */
            expires_in_days?: number;
            role: components["schemas"]["RoleEnum"];
            sees_costs?: boolean;
            stores?: number[] | null;
        };
        IssuedToken: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly expires_at: string | null;
            readonly id: number;
            readonly kind: components["schemas"]["TokenKindEnum"];
            /** Format: date-time */
            readonly last_used_at: string | null;
            member: number;
            readonly name: string;
            readonly prefix: string;
            /** Format: date-time */
            readonly revoked_at: string | null;
            scopes: string[] | null;
            stores: number[] | null;
            token: string;
            username: string;
        };
        IssuedWebhook: {
            batch_size?: number;
            /** Format: date-time */
            readonly created_at: string;
            readonly cursor: string;
            description?: string;
            /** Format: date-time */
            readonly failing_since: string | null;
            readonly failures: number;
            readonly id: number;
            includes_costs?: boolean;
            is_active?: boolean;
            /** Format: date-time */
            readonly last_delivered_at: string | null;
            /** Format: date-time */
            readonly next_attempt_at: string | null;
            /** Format: date-time */
            readonly previous_secret_until: string | null;
            readonly reason: string;
            readonly secret: string;
            readonly state: components["schemas"]["WebhookStateEnum"];
            stores?: number[] | null;
            types?: string[];
            /** Format: date-time */
            readonly updated_at: string;
            url: string;
            version?: number;
        };
        Letter: {
            addresses: string[];
            html: string;
            rows: number;
            subject: string;
            text: string;
        };
        /** @enum {string} */
        LifecycleEnum: "new" | "active" | "phase_out" | "discontinued";
        LineStep: {
            how: string;
            /** Format: double */
            result: number;
            step: string;
        };
        LoginRequest: {
            /** @default  */
            organization?: string;
            password: string;
            /** @default false */
            session?: boolean;
            username: string;
        };
        LowStockRow: {
            /** Format: double */
            available: number;
            category: string | null;
            id: number;
            /** Format: double */
            in_transit_in: number;
            /** Format: double */
            in_transit_out: number;
            /** Format: double */
            on_hand: number;
            /** Format: double */
            on_hold: number;
            /** Format: double */
            on_hold_damaged: number;
            /** Format: double */
            on_hold_quality: number;
            /** Format: double */
            on_order: number;
            /** Format: double */
            order_up_to: number | null;
            /** Format: double */
            order_up_to_override: number | null;
            product_id: number;
            product_name: string;
            /** Format: double */
            reorder_level: number;
            /** Format: double */
            reorder_level_override: number | null;
            /** Format: double */
            reserved: number;
            /** Format: double */
            shortfall: number;
            sku: string;
            status: components["schemas"]["StockStatusEnum"];
            store: string;
            store_code: string;
            store_id: number;
            supplier: string | null;
            unit: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        Mailing: {
            hour: number;
            is_on: boolean;
            last_run: components["schemas"]["MailingRun"] | null;
            recipients: components["schemas"]["Recipient"][];
            store: string;
            store_code: string;
            store_id: number;
            time_zone: string;
        };
        MailingInputRequest: {
            emails?: string[];
            hour: number;
            is_on: boolean;
            members?: number[];
        };
        MailingRun: {
            addresses: string[];
            attempts: number;
            /** Format: date */
            due_date: string;
            error: string;
            /** Format: date-time */
            finished_at: string | null;
            rows: number;
            /** Format: date-time */
            started_at: string;
            state: components["schemas"]["MailingStateEnum"];
        };
        MailingSchedule: {
            /** Format: time */
            at: string | null;
            kind: components["schemas"]["MailingScheduleKindEnum"];
            time_zone: string;
            weekdays: number[];
        };
        MailingScheduleInputRequest: {
            /** Format: time */
            at: string | null;
            weekdays?: number[];
        };
        /** @enum {string} */
        MailingScheduleKindEnum: "low_stock" | "restock";
        /** @enum {string} */
        MailingStateEnum: "sending" | "sent" | "empty" | "failed";
        MatrixRow: {
            /** Format: double */
            available: number;
            category_name: string | null;
            cells: ({
                available?: number;
                on_hand?: number;
                /** @enum {string} */
                status?: "in_stock" | "low" | "out" | "negative" | "over";
                store_id?: number;
            } | null)[];
            id: number;
            name: string;
            /** Format: double */
            on_hand: number;
            sku: string;
            unit: string;
        };
        Member: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: email */
            email: string;
            first_name: string;
            readonly id: number;
            readonly is_active: boolean;
            last_name: string;
            readonly role: components["schemas"]["RoleEnum"];
            readonly sees_costs: boolean;
            readonly stores: number[] | null;
            readonly user_id: number;
            username: string;
        };
        /** @enum {string} */
        MethodEnum: "pooled" | "group" | "seasonal_naive" | "moving_average";
        Moved: {
            movements: number;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
        };
        Movement: {
            actor: number | null;
            /** Format: date-time */
            applied_at: string | null;
            applied_via: (components["schemas"]["AppliedViaEnum"] | components["schemas"]["NullEnum"]) | null;
            /** Format: double */
            balance_after: number | null;
            bucket: (components["schemas"]["BucketEnum"] | components["schemas"]["NullEnum"]) | null;
            /** Format: double */
            delta: number;
            /** Format: date-time */
            effective_at: string;
            fields: {
                [key: string]: unknown;
            };
            /** Format: double */
            held: number | null;
            /** Format: uuid */
            id: string;
            movement_type: components["schemas"]["MovementMovementTypeEnum"];
            note: string;
            product: number;
            product_name: string;
            /** Format: double */
            quantity: number;
            reason: string;
            /** Format: date-time */
            recorded_at: string;
            reference: string;
            rejection_code: string;
            /** Format: uuid */
            reverses_id: string | null;
            sku: string;
            source: string;
            status: components["schemas"]["MovementStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            /** Format: uuid */
            transfer_id: string | null;
            /** Format: double */
            unit_cost?: number | null;
            /** Format: double */
            unit_price: number | null;
        };
        /** @enum {string} */
        MovementInputMovementTypeEnum: "IN" | "OUT" | "REM" | "adjustment" | "count_adjustment" | "customer_return" | "opening" | "receipt" | "removal" | "sale" | "supplier_return";
        MovementInputRequest: {
            /** Format: date-time */
            effective_at?: string;
            idempotency_key?: string;
            movement_type: components["schemas"]["MovementInputMovementTypeEnum"];
            product: unknown;
            /** Format: double */
            quantity: number;
            reason?: string;
            reference?: string;
            store: unknown;
            /** Format: double */
            unit_cost?: number;
            /** Format: double */
            unit_price?: number;
        };
        /** @enum {string} */
        MovementMovementTypeEnum: "receipt" | "sale" | "removal" | "customer_return" | "supplier_return" | "transfer_dispatch" | "transfer_receipt" | "count_adjustment" | "adjustment" | "opening" | "reversal" | "hold" | "release_hold";
        MovementReportRow: {
            /** Format: double */
            available: number;
            category: string | null;
            /** Format: double */
            closing: number;
            id: number;
            in_by_kind: {
                [key: string]: number;
            };
            /** Format: double */
            in_transit_in: number;
            /** Format: double */
            in_transit_out: number;
            movements: number;
            /** Format: double */
            on_hand: number;
            /** Format: double */
            on_hold: number;
            /** Format: double */
            on_hold_damaged: number;
            /** Format: double */
            on_hold_quality: number;
            /** Format: double */
            on_order: number;
            /** Format: double */
            opening: number;
            /** Format: double */
            order_up_to: number | null;
            /** Format: double */
            order_up_to_override: number | null;
            out_by_kind: {
                [key: string]: number;
            };
            product_id: number;
            product_name: string;
            /** Format: double */
            reorder_level: number;
            /** Format: double */
            reorder_level_override: number | null;
            /** Format: double */
            reserved: number;
            sku: string;
            status: components["schemas"]["StockStatusEnum"];
            store: string;
            store_code: string;
            store_id: number;
            supplier: string | null;
            unit: string;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
            /** Format: double */
            units_sold: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** @enum {string} */
        MovementStatusEnum: "accepted" | "applied" | "rejected";
        /** @enum {unknown} */
        NullEnum: null;
        Organization: {
            alert_dead_days: number;
            alert_overstock_days: number;
            /** Format: double */
            alert_overstock_factor: number;
            allows_negative_stock?: boolean;
            /** Format: date-time */
            readonly created_at: string;
            currency: string;
            readonly id: number;
            name: string;
            /** Format: double */
            purchase_tolerance_percent: number;
            reservation_hours: number;
            reservation_max_hours: number;
            readonly slug: string;
            time_zone: string;
            /** Format: double */
            transfer_tolerance_percent: number;
            transfers_need_approval?: boolean;
        };
        Override: {
            /** Format: double */
            cost_left_ordered?: number;
            /** Format: double */
            cost_left_proposed?: number;
            currency: string;
            /** Format: double */
            demand: number;
            /** Format: date */
            first_day: string;
            id: number;
            /** Format: date-time */
            judged_at: string;
            /** Format: date */
            last_day: string;
            /** Format: double */
            left_ordered: number;
            /** Format: double */
            left_proposed: number;
            line: number;
            /** Format: double */
            margin_missed_ordered?: number;
            /** Format: double */
            margin_missed_proposed?: number;
            /** Format: double */
            ordered: number;
            person: string;
            product: number;
            product_name: string;
            /** Format: double */
            proposed: number;
            reason: string;
            sentence: string;
            /** Format: double */
            short_ordered: number;
            /** Format: double */
            short_proposed: number;
            sku: string;
            /** Format: double */
            sold: number;
            sold_out_days: number;
            store: number;
            store_code: string;
            store_name: string;
            /** Format: double */
            supply: number;
            unit: string;
        };
        OverrideFigures: {
            /** Format: double */
            cost_left_ordered?: number;
            /** Format: double */
            cost_left_proposed?: number;
            /** Format: double */
            demand: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
            /** Format: double */
            left_ordered: number;
            /** Format: double */
            left_proposed: number;
            /** Format: double */
            margin_missed_ordered?: number;
            /** Format: double */
            margin_missed_proposed?: number;
            /** Format: double */
            ordered: number;
            person: string;
            /** Format: double */
            proposed: number;
            reason: string;
            sentence: string;
            /** Format: double */
            short_ordered: number;
            /** Format: double */
            short_proposed: number;
            /** Format: double */
            sold: number;
            sold_out_days: number;
            /** Format: double */
            supply: number;
        };
        OverrideTotal: {
            /** Format: double */
            cost_left_ordered?: number;
            /** Format: double */
            cost_left_proposed?: number;
            currency: string;
            /** Format: double */
            left_ordered: number;
            /** Format: double */
            left_proposed: number;
            less_short: number;
            lines: number;
            /** Format: double */
            margin_missed_ordered?: number;
            /** Format: double */
            margin_missed_proposed?: number;
            person?: string;
            product?: number;
            product_name?: string;
            reason?: string;
            /** Format: double */
            short_ordered: number;
            /** Format: double */
            short_proposed: number;
            shorter: number;
            sku?: string;
            store?: number;
            store_name?: string;
        };
        OverrideTotals: {
            by: string;
            results: components["schemas"]["OverrideTotal"][];
        };
        PaginatedAlertList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Alert"][];
        };
        PaginatedCategoryList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Category"][];
        };
        PaginatedCountEntryList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["CountEntry"][];
        };
        PaginatedCountLineList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["CountLine"][];
        };
        PaginatedCountList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Count"][];
        };
        PaginatedDeliveryList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Delivery"][];
        };
        PaginatedDueList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Due"][];
        };
        PaginatedEntryList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Entry"][];
        };
        PaginatedExportList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Export"][];
        };
        PaginatedForecastRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ForecastRow"][];
        };
        PaginatedForecastRunList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ForecastRun"][];
        };
        PaginatedGoodsReceiptRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["GoodsReceiptRow"][];
        };
        PaginatedImportProblemList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ImportProblem"][];
        };
        PaginatedImportRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ImportRow"][];
        };
        PaginatedInTransitRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["InTransitRow"][];
        };
        PaginatedInvitationList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Invitation"][];
        };
        PaginatedLowStockRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["LowStockRow"][];
        };
        PaginatedMailingList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Mailing"][];
        };
        PaginatedMailingRunList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["MailingRun"][];
        };
        PaginatedMatrixRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["MatrixRow"][];
            stores: {
                code?: string;
                id?: number;
                name?: string;
                region?: string;
            }[];
            stores_chosen: number;
            stores_left_out: number;
        };
        PaginatedMemberList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Member"][];
        };
        PaginatedMovementList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Movement"][];
        };
        PaginatedMovementReportRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["MovementReportRow"][];
        };
        PaginatedOverrideList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Override"][];
        };
        PaginatedPeriodList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Period"][];
        };
        PaginatedProductLeadTimeList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ProductLeadTime"][];
        };
        PaginatedProductList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Product"][];
        };
        PaginatedProductMovementsList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ProductMovements"][];
        };
        PaginatedPurchaseRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["PurchaseRow"][];
        };
        PaginatedReservationRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ReservationRow"][];
        };
        PaginatedRestockLineList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["RestockLine"][];
        };
        PaginatedRestockPolicyList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["RestockPolicy"][];
        };
        PaginatedRestockProposalList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["RestockProposal"][];
        };
        PaginatedStockRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["StockRow"][];
        };
        PaginatedStockRowNowOrPastList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["StockRowNowOrPast"][];
        };
        PaginatedStoreList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Store"][];
        };
        PaginatedStoreMovementsList: {
            /** Format: date */
            end_date: string;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["StoreMovements"][];
            /** Format: date */
            start_date: string;
            total: {
                closing: number;
                movements: number;
                opening: number;
                units_in: number;
                units_out: number;
                units_sold: number;
            };
        };
        PaginatedSupplierLeadTimeList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["SupplierLeadTime"][];
        };
        PaginatedSupplierList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Supplier"][];
        };
        PaginatedTokenList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Token"][];
        };
        PaginatedTransferRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["TransferRow"][];
        };
        PaginatedUnsettledRowList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["UnsettledRow"][];
        };
        PaginatedWebhookList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Webhook"][];
        };
        PasswordChangeRequest: {
            current_password: string;
            new_password: string;
        };
        PastStockRow: {
            /** Format: date-time */
            as_of: string;
            category: string | null;
            id: number;
            /** Format: date-time */
            known_at: string;
            /** Format: double */
            on_hand: number;
            product_id: number;
            product_name: string;
            sku: string;
            store: string;
            store_code: string;
            store_id: number;
            supplier: string | null;
            unit: string;
        };
        PatchedCategoryRequest: {
            name?: string;
            version?: number;
        };
        PatchedCountChangeRequest: {
            blind?: boolean;
            name?: string;
            /** Format: date */
            planned_for?: string | null;
            /** Format: double */
            tolerance_percent?: number;
            /** Format: double */
            tolerance_units?: number;
            version?: number;
        };
        PatchedImportChangeRequest: {
            /** @default false */
            apply?: boolean;
            date_format?: components["schemas"]["DateFormatEnum"] | components["schemas"]["BlankEnum"];
            decimal?: components["schemas"]["DecimalEnum"] | components["schemas"]["BlankEnum"];
            delimiter?: components["schemas"]["DelimiterEnum"] | components["schemas"]["BlankEnum"];
            encoding?: string;
            keep_repeats?: boolean;
            keeps_stock?: boolean;
            kind?: components["schemas"]["ImportKindEnum"] | components["schemas"]["BlankEnum"];
            mapping?: {
                [key: string]: string;
            };
            store?: string;
        };
        PatchedLevelsRequest: {
            /** Format: double */
            order_up_to_override?: number | null;
            /** Format: double */
            reorder_level_override?: number | null;
            version?: number;
        };
        PatchedMemberChangeRequest: {
            is_active?: boolean;
            role?: components["schemas"]["RoleEnum"];
            sees_costs?: boolean;
            stores?: number[] | null;
        };
        PatchedOrganizationRequest: {
            alert_dead_days?: number;
            alert_overstock_days?: number;
            /** Format: double */
            alert_overstock_factor?: number;
            allows_negative_stock?: boolean;
            currency?: string;
            name?: string;
            /** Format: double */
            purchase_tolerance_percent?: number;
            reservation_hours?: number;
            reservation_max_hours?: number;
            time_zone?: string;
            /** Format: double */
            transfer_tolerance_percent?: number;
            transfers_need_approval?: boolean;
        };
        PatchedProductRequest: {
            barcodes?: components["schemas"]["BarcodeRequest"][];
            /** Format: int64 */
            category?: number | null;
            lead_time_days?: number | null;
            lifecycle?: components["schemas"]["LifecycleEnum"];
            /** Format: double */
            moq?: number;
            name?: string;
            /** Format: double */
            order_up_to?: number | null;
            /** Format: double */
            pack_size?: number;
            /** Format: double */
            reorder_level?: number;
            /** Format: double */
            sale_price?: number;
            sku?: string;
            /** Format: int64 */
            supplier?: number | null;
            unit?: string;
            /** Format: double */
            unit_cost?: number;
            version?: number;
        };
        PatchedPurchaseChangeRequest: {
            currency?: string;
            /** Format: date */
            expected_on?: string | null;
            lines?: components["schemas"]["BoughtRequest"][];
            note?: string;
            reference?: string;
            store?: number | string;
            /** Format: int64 */
            supplier?: number;
            version?: number;
        };
        PatchedRestockLineEditRequest: {
            /** Format: double */
            quantity?: number | null;
            /** @default  */
            reason?: string;
            version?: number;
        };
        PatchedRestockPolicyRequest: {
            abc_class?: components["schemas"]["AbcClassEnum"] | components["schemas"]["BlankEnum"];
            /** Format: int64 */
            category?: number | null;
            cycle_days?: number;
            /** Format: double */
            factor?: number;
            kind?: components["schemas"]["RestockPolicyKindEnum"];
            lead_time_days?: number | null;
            /** Format: double */
            least?: number | null;
            least_days?: number;
            /** Format: double */
            most?: number | null;
            most_days?: number;
            /** Format: int64 */
            product?: number | null;
            review_days?: number;
            review_weekday?: number | null;
            scope?: components["schemas"]["ScopeEnum"];
            /** Format: double */
            service_level?: number;
            /** Format: int64 */
            store?: number | null;
            version?: number;
        };
        PatchedStoreRequest: {
            code?: string;
            currency?: string;
            is_active?: boolean;
            kind?: components["schemas"]["StoreKindEnum"];
            location?: string;
            name?: string;
            region?: string;
            time_zone?: string;
            version?: number;
        };
        PatchedSupplierRequest: {
            address?: string;
            contact_name?: string;
            email?: string;
            is_active?: boolean;
            lead_time_days?: number;
            name?: string;
            phone?: string;
            version?: number;
        };
        PatchedTransferChangeRequest: {
            /** Format: date */
            expected_on?: string | null;
            lines?: components["schemas"]["WantedRequest"][];
            note?: string;
            reference?: string;
            version?: number;
        };
        PatchedWebhookRequest: {
            batch_size?: number;
            description?: string;
            includes_costs?: boolean;
            is_active?: boolean;
            stores?: number[] | null;
            types?: string[];
            url?: string;
            version?: number;
        };
        Period: {
            /** Format: date */
            closed_through: string | null;
            /** Format: date-time */
            decided_at: string;
            decided_by: string;
            id: number;
            reason: string;
        };
        PeriodInputRequest: {
            /** Format: date */
            closed_through: string | null;
            reason: string;
        };
        PolicyChangesRequest: {
            cycle_days?: number;
            /** Format: double */
            factor?: number;
            kind?: components["schemas"]["RestockPolicyKindEnum"];
            lead_time_days?: number;
            /** Format: double */
            least?: number;
            least_days?: number;
            /** Format: double */
            most?: number;
            most_days?: number;
            review_days?: number;
            review_weekday?: number;
            /** Format: double */
            service_level?: number;
        };
        PredictionRow: {
            category?: string | null;
            category_id?: number | null;
            /** Format: date */
            date?: string;
            product?: string;
            product_id?: number;
            /** Format: double */
            revenue: number | null;
            sku?: string;
            store?: string;
            store_code?: string;
            store_id?: number;
            /** Format: double */
            units: number;
        };
        Predictions: {
            by: string;
            currencies: string[];
            currency: string | null;
            days: number;
            /** Format: date */
            first_day: string | null;
            /** Format: date */
            last_day: string | null;
            /** Format: date-time */
            made_at: string | null;
            results: components["schemas"]["PredictionRow"][];
            /** Format: double */
            revenue: number | null;
            run: number | null;
            /** Format: double */
            units: number;
        };
        Product: {
            barcodes?: components["schemas"]["Barcode"][];
            /** Format: int64 */
            category?: number | null;
            readonly category_name: string | null;
            /** Format: date-time */
            readonly created_at: string;
            readonly id: number;
            lead_time_days?: number | null;
            lifecycle?: components["schemas"]["LifecycleEnum"];
            /** Format: double */
            moq?: number;
            name: string;
            /** Format: double */
            order_up_to?: number | null;
            /** Format: double */
            pack_size?: number;
            /** Format: double */
            reorder_level?: number;
            /** Format: double */
            sale_price?: number;
            sku: string;
            /** Format: int64 */
            supplier?: number | null;
            readonly supplier_name: string | null;
            unit?: string;
            /** Format: double */
            unit_cost?: number;
            /** Format: date-time */
            readonly updated_at: string;
            version?: number;
        };
        ProductBulkAnswer: {
            created: number;
            rejected: number;
            results: components["schemas"]["ProductVerdict"][];
            unchanged: number;
            updated: number;
        };
        ProductLeadTime: {
            first_count: number;
            /** Format: double */
            first_mean: number | null;
            /** Format: double */
            first_spread: number | null;
            full_count: number;
            /** Format: double */
            full_mean: number | null;
            /** Format: double */
            full_spread: number | null;
            id: number;
            /** Format: double */
            last_days: number | null;
            /** Format: date-time */
            last_received_at: string | null;
            name: string;
            planned_days: number;
            sku: string;
        };
        ProductMovements: {
            /** Format: double */
            closing: number;
            id: number;
            in_by_kind: {
                [key: string]: number;
            };
            movements: number;
            name: string;
            /** Format: double */
            opening: number;
            out_by_kind: {
                [key: string]: number;
            };
            sku: string;
            unit: string;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
            /** Format: double */
            units_sold: number;
        };
        ProductRequest: {
            barcodes?: components["schemas"]["BarcodeRequest"][];
            /** Format: int64 */
            category?: number | null;
            lead_time_days?: number | null;
            lifecycle?: components["schemas"]["LifecycleEnum"];
            /** Format: double */
            moq?: number;
            name: string;
            /** Format: double */
            order_up_to?: number | null;
            /** Format: double */
            pack_size?: number;
            /** Format: double */
            reorder_level?: number;
            /** Format: double */
            sale_price?: number;
            sku: string;
            /** Format: int64 */
            supplier?: number | null;
            unit?: string;
            /** Format: double */
            unit_cost?: number;
            version?: number;
        };
        ProductVerdict: {
            code: string;
            fields: {
                [key: string]: unknown;
            };
            id: number | null;
            row: number;
            sku: string | null;
            status: components["schemas"]["ProductVerdictEnum"];
        };
        /** @enum {string} */
        ProductVerdictEnum: "created" | "updated" | "unchanged" | "rejected";
        Purchase: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            currency: string;
            days_late: number;
            end_reason: string;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date */
            expected_on: string | null;
            /** Format: uuid */
            id: string;
            is_late: boolean;
            letters: components["schemas"]["PurchaseLetter"][];
            lines: components["schemas"]["PurchaseLine"][];
            note: string;
            number: string;
            proposal: string;
            receipts: components["schemas"]["PurchaseReceipt"][];
            reference: string;
            /** Format: date-time */
            sent_at: string | null;
            sent_by: components["schemas"]["SentByEnum"] | components["schemas"]["BlankEnum"];
            source: components["schemas"]["PurchaseSourceEnum"];
            status: components["schemas"]["PurchaseStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            supplier: number;
            supplier_name: string;
            /** Format: double */
            total_cost?: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        PurchaseInputRequest: {
            currency?: string;
            /** Format: date */
            expected_on?: string | null;
            lines: components["schemas"]["BoughtRequest"][];
            note?: string;
            proposal?: string;
            reference?: string;
            store: number | string;
            /** Format: int64 */
            supplier: number;
        };
        PurchaseLetter: {
            /** Format: date-time */
            asked_at: string;
            asked_by: string;
            attempts: number;
            error: string;
            /** Format: date-time */
            finished_at: string | null;
            state: components["schemas"]["PurchaseLetterStateEnum"];
            /** Format: email */
            to: string;
        };
        /** @enum {string} */
        PurchaseLetterStateEnum: "waiting" | "sending" | "sent" | "failed";
        PurchaseLine: {
            /** Format: double */
            cancelled: number;
            /** Format: double */
            cost?: number;
            /** Format: double */
            damaged: number;
            /** Format: double */
            ordered: number;
            /** Format: double */
            outstanding: number;
            /** Format: double */
            over: number;
            /** Format: double */
            pack_size: number;
            /** Format: double */
            packs: number;
            product: number;
            product_name: string;
            /** Format: double */
            received: number;
            /** Format: double */
            rejected: number;
            sku: string;
            unit: string;
            /** Format: double */
            unit_cost?: number;
            warnings: components["schemas"]["Warning"][];
        };
        PurchasePaper: {
            /** Format: uuid */
            id: string;
            lines: number;
            number: string;
            store: number;
            supplier: number;
        };
        PurchaseReceipt: {
            delivery_note: string;
            /** Format: uuid */
            id: string;
            number: string;
            /** Format: date-time */
            received_at: string;
            received_by: string;
            /** Format: date-time */
            reversed_at: string | null;
        };
        PurchaseRow: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            currency: string;
            days_late: number;
            end_reason: string;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date */
            expected_on: string | null;
            /** Format: uuid */
            id: string;
            is_late: boolean;
            line_count: number;
            note: string;
            number: string;
            proposal: string;
            reference: string;
            /** Format: date-time */
            sent_at: string | null;
            sent_by: components["schemas"]["SentByEnum"] | components["schemas"]["BlankEnum"];
            source: components["schemas"]["PurchaseSourceEnum"];
            status: components["schemas"]["PurchaseStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            supplier: number;
            supplier_name: string;
            /** Format: double */
            total_cost?: number;
            /** Format: double */
            units_ordered: number;
            /** Format: double */
            units_outstanding: number;
            /** Format: double */
            units_received: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** @enum {string} */
        PurchaseSourceEnum: "by_hand" | "proposal";
        /** @enum {string} */
        PurchaseStatusEnum: "draft" | "sent" | "partially_received" | "received" | "closed" | "cancelled";
        ReceivedRequest: {
            /**
             * Format: double
             * @default 0
             */
            damaged?: number;
            product: number | string;
            /**
             * Format: double
             * @default 0
             */
            quantity?: number;
        };
        ReceiveRequest: {
            /** @default false */
            keep_damaged?: boolean;
            lines?: components["schemas"]["ReceivedRequest"][];
        };
        Recipient: {
            email: string;
            member: number | null;
            name: string;
        };
        RecountInputRequest: {
            products?: unknown[];
            which?: components["schemas"]["WhichEnum"];
        };
        RegisterRequest: {
            /** @default USD */
            currency?: string;
            /** Format: email */
            email: string;
            /** @default  */
            first_name?: string;
            /** @default  */
            last_name?: string;
            organization: string;
            password: string;
            /** @default UTC */
            time_zone?: string;
            username: string;
        };
        ReleaseRequest: {
            lines?: components["schemas"]["WantedRequest"][];
            /** @default  */
            reason?: string;
        };
        ReplayRequest: {
            since: string;
        };
        Reservation: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            is_overdue: boolean;
            lines: components["schemas"]["ReservationLine"][];
            note: string;
            reference: string;
            reserved_by: string;
            status: components["schemas"]["ReservationStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        ReservationInputRequest: {
            /** Format: date-time */
            expires_at?: string;
            lines: components["schemas"]["WantedRequest"][];
            note?: string;
            /** @default false */
            partial?: boolean;
            reference?: string;
            store: number | string;
        };
        ReservationLine: {
            /** Format: double */
            fulfilled: number;
            /** Format: double */
            open: number;
            product: number;
            product_name: string;
            /** Format: double */
            quantity: number;
            /** Format: double */
            released: number;
            sku: string;
            unit: string;
        };
        ReservationRow: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            is_overdue: boolean;
            line_count: number;
            note: string;
            reference: string;
            reserved_by: string;
            status: components["schemas"]["ReservationStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            /** Format: double */
            units_open: number;
            /** Format: double */
            units_reserved: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** @enum {string} */
        ReservationStatusEnum: "active" | "fulfilled" | "released" | "expired";
        Reserved: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            is_overdue: boolean;
            lines: components["schemas"]["ReservationLine"][];
            note: string;
            reference: string;
            reserved_by: string;
            short: components["schemas"]["Short"][];
            status: components["schemas"]["ReservationStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        RestockAccepted: {
            accepted: number;
            changed: {
                [key: string]: unknown;
            };
            dropped: number[];
            purchases: components["schemas"]["PurchasePaper"][];
            transfers: components["schemas"]["TransferPaper"][];
        };
        RestockAcceptRequest: {
            /** @default false */
            fresh?: boolean;
            lines: number[];
        };
        RestockDismissRequest: {
            /** @default  */
            reason?: string;
        };
        RestockFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        RestockLine: {
            /** Format: double */
            accepted: number | null;
            binding: components["schemas"]["BindingEnum"];
            /** Format: double */
            chosen: number | null;
            chosen_by: string;
            /** Format: double */
            cost?: number;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: date-time */
            decided_at: string | null;
            decided_by: string;
            /** Format: double */
            expected_demand: number;
            from_store: number | null;
            from_store_code: string | null;
            from_store_name: string | null;
            id: number;
            /** Format: double */
            inventory_position: number;
            is_current: boolean;
            kind: components["schemas"]["RestockPolicyKindEnum"];
            /** Format: double */
            margin_at_risk?: number;
            /** Format: double */
            order_up_to: number;
            policy: number | null;
            product: number;
            product_name: string;
            proposal: number;
            protection_days: number;
            /** Format: uuid */
            purchase: string | null;
            /** Format: double */
            quantity: number;
            rank: number;
            reason: string;
            /** Format: double */
            reorder_point: number;
            /** Format: double */
            safety_stock: number;
            sentence: string;
            sku: string;
            /** Format: date */
            snoozed_until: string | null;
            source: components["schemas"]["RestockLineSourceEnum"];
            status: components["schemas"]["RestockLineStatusEnum"];
            store: number;
            store_code: string;
            store_name: string;
            supplier: number | null;
            supplier_name: string | null;
            /** Format: uuid */
            transfer: string | null;
            unit: string;
            /** Format: double */
            unit_cost?: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
            /** Format: double */
            wanted: number;
            within_budget: boolean;
        };
        RestockLineDetail: {
            /** Format: double */
            accepted: number | null;
            binding: components["schemas"]["BindingEnum"];
            /** Format: double */
            chosen: number | null;
            chosen_by: string;
            /** Format: double */
            cost?: number;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: date-time */
            decided_at: string | null;
            decided_by: string;
            /** Format: double */
            expected_demand: number;
            from_store: number | null;
            from_store_code: string | null;
            from_store_name: string | null;
            id: number;
            inputs: {
                [key: string]: unknown;
            };
            /** Format: double */
            inventory_position: number;
            is_current: boolean;
            kind: components["schemas"]["RestockPolicyKindEnum"];
            /** Format: double */
            margin_at_risk?: number;
            /** Format: double */
            order_up_to: number;
            outcome: components["schemas"]["OverrideFigures"] | null;
            policy: number | null;
            product: number;
            product_name: string;
            proposal: number;
            protection_days: number;
            /** Format: uuid */
            purchase: string | null;
            /** Format: double */
            quantity: number;
            rank: number;
            reason: string;
            /** Format: double */
            reorder_point: number;
            /** Format: double */
            safety_stock: number;
            sentence: string;
            sku: string;
            /** Format: date */
            snoozed_until: string | null;
            source: components["schemas"]["RestockLineSourceEnum"];
            status: components["schemas"]["RestockLineStatusEnum"];
            steps: components["schemas"]["LineStep"][];
            store: number;
            store_code: string;
            store_name: string;
            supplier: number | null;
            supplier_name: string | null;
            /** Format: uuid */
            transfer: string | null;
            unit: string;
            /** Format: double */
            unit_cost?: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
            /** Format: double */
            wanted: number;
            within_budget: boolean;
        };
        /** @enum {string} */
        RestockLineSourceEnum: "buy" | "transfer";
        /** @enum {string} */
        RestockLineStatusEnum: "proposed" | "accepted" | "dismissed" | "snoozed";
        RestockMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["RestockFigure"][];
            filters: {
                [key: string]: string;
            };
            note: string;
            order: string;
            report: string;
            title: string;
        };
        RestockPolicy: {
            abc_class?: components["schemas"]["AbcClassEnum"] | components["schemas"]["BlankEnum"];
            /** Format: int64 */
            category?: number | null;
            readonly category_name: string | null;
            /** Format: date-time */
            readonly created_at: string;
            cycle_days?: number;
            /** Format: double */
            factor?: number;
            readonly id: number;
            kind?: components["schemas"]["RestockPolicyKindEnum"];
            lead_time_days?: number | null;
            /** Format: double */
            least?: number | null;
            least_days?: number;
            /** Format: double */
            most?: number | null;
            most_days?: number;
            /** Format: int64 */
            product?: number | null;
            readonly product_name: string | null;
            review_days?: number;
            review_weekday?: number | null;
            scope: components["schemas"]["ScopeEnum"];
            /** Format: double */
            service_level?: number;
            readonly sku: string | null;
            /** Format: int64 */
            store?: number | null;
            readonly store_code: string | null;
            readonly store_name: string | null;
            /** Format: date-time */
            readonly updated_at: string;
            version?: number;
        };
        /** @enum {string} */
        RestockPolicyKindEnum: "seed_rule" | "min_max" | "reorder_point" | "quantile" | "days_of_cover";
        RestockPolicyRequest: {
            abc_class?: components["schemas"]["AbcClassEnum"] | components["schemas"]["BlankEnum"];
            /** Format: int64 */
            category?: number | null;
            cycle_days?: number;
            /** Format: double */
            factor?: number;
            kind?: components["schemas"]["RestockPolicyKindEnum"];
            lead_time_days?: number | null;
            /** Format: double */
            least?: number | null;
            least_days?: number;
            /** Format: double */
            most?: number | null;
            most_days?: number;
            /** Format: int64 */
            product?: number | null;
            review_days?: number;
            review_weekday?: number | null;
            scope: components["schemas"]["ScopeEnum"];
            /** Format: double */
            service_level?: number;
            /** Format: int64 */
            store?: number | null;
            version?: number;
        };
        RestockProposal: {
            actor_label: string;
            /** Format: double */
            budget?: number | null;
            /** Format: date-time */
            created_at: string;
            error: string;
            /** Format: date-time */
            finished_at: string | null;
            forecast_age: number | null;
            id: number;
            is_current: boolean;
            lines: number;
            lines_left_out: number;
            run: number | null;
            series: number;
            status: components["schemas"]["RestockProposalStatusEnum"];
            trigger: components["schemas"]["RestockProposalTriggerEnum"];
        };
        /** @enum {string} */
        RestockProposalStatusEnum: "queued" | "ready" | "failed";
        /** @enum {string} */
        RestockProposalTriggerEnum: "forecast" | "on_demand";
        RestockProposeRequest: {
            /** Format: double */
            budget?: number | null;
        };
        RestockReplay: {
            replayed: {
                [key: string]: unknown;
            };
            same: boolean;
            stored: {
                [key: string]: unknown;
            };
        };
        RestockReport: {
            meta: components["schemas"]["RestockMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["RestockRow"][];
            totals: components["schemas"]["RestockTotal"][];
        };
        RestockRow: {
            category?: string | null;
            category_id?: number | null;
            /** Format: double */
            cost?: number | null;
            currency: string;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: double */
            forecast_7: number | null;
            /** Format: double */
            forecast_30: number | null;
            /** Format: double */
            margin_at_risk?: number | null;
            /** Format: double */
            on_drafts: number | null;
            /** Format: double */
            on_hand: number | null;
            /** Format: double */
            on_order: number | null;
            order_from: string | null;
            /** Format: double */
            out: number | null;
            product?: string | null;
            product_id?: number | null;
            reason: string | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            /** Format: double */
            to_order: number | null;
            /** Format: double */
            to_transfer: number | null;
            unit?: string | null;
        };
        RestockSnoozeRequest: {
            /** Format: date */
            until: string;
        };
        RestockTotal: {
            /** Format: double */
            cost?: number | null;
            currency: string;
            /** Format: double */
            days_of_cover: number | null;
            /** Format: double */
            forecast_7: number | null;
            /** Format: double */
            forecast_30: number | null;
            /** Format: double */
            margin_at_risk?: number | null;
            /** Format: double */
            on_drafts: number | null;
            /** Format: double */
            on_hand: number | null;
            /** Format: double */
            on_order: number | null;
            /** Format: double */
            out: number | null;
            /** Format: double */
            to_order: number | null;
            /** Format: double */
            to_transfer: number | null;
        };
        ResumeRequest: {
            /** @default false */
            skip?: boolean;
        };
        Retired: {
            detail: string;
            id: number;
            status: components["schemas"]["RetiredStatusEnum"];
            version: number;
        };
        /** @enum {string} */
        RetiredStatusEnum: "retired";
        ReversalInputRequest: {
            /** @default  */
            reason?: string;
        };
        ReverseRequest: {
            line: number;
            reason: string;
        };
        /** @enum {string} */
        RoleEnum: "staff" | "manager" | "admin";
        RotateRequest: {
            /** @default 24 */
            overlap_hours?: number;
        };
        RotateSecretRequest: {
            /** @default 24 */
            overlap_hours?: number;
        };
        SalesDay: {
            category: string | null;
            currency: string;
            /** Format: date */
            date: string;
            /** Format: double */
            gross_margin?: number | null;
            product: string;
            product_id: number;
            region: string;
            /** Format: double */
            revenue: number | null;
            sku: string;
            source: components["schemas"]["SalesDaySourceEnum"];
            store: string;
            store_code: string;
            store_id: number;
            transactions: number | null;
            /** Format: double */
            units: number;
        };
        /** @enum {string} */
        SalesDaySourceEnum: "ledger" | "history";
        SalesDaysPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["SalesDay"][];
        };
        SalesFigures: {
            /** Format: double */
            average_price: number | null;
            /** Format: double */
            gross_margin?: number | null;
            /** Format: double */
            history_units: number | null;
            /** Format: double */
            margin_covers_percent?: number | null;
            /** Format: double */
            margin_percent?: number | null;
            /** Format: double */
            revenue: number | null;
            transactions: number | null;
            /** Format: double */
            units: number | null;
        };
        SalesMetrics: {
            best_day: components["schemas"]["BestDay"] | null;
            currencies: string[];
            currency: string | null;
            days: number;
            days_known: number;
            days_with_sales: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            known_since: string | null;
            /** Format: date */
            last_day: string;
            previous: components["schemas"]["FormerPeriod"];
            totals: components["schemas"]["SalesFigures"];
            /** Format: double */
            trend_units_per_day: number | null;
            /** Format: double */
            units_per_day: number | null;
            year_before: components["schemas"]["FormerPeriod"];
        };
        SalesRow: {
            /** Format: double */
            average_price: number | null;
            category?: string | null;
            category_id?: number | null;
            /** Format: date */
            date?: string;
            /** Format: double */
            gross_margin?: number | null;
            /** Format: double */
            history_units: number | null;
            /** Format: double */
            margin_covers_percent?: number | null;
            /** Format: double */
            margin_percent?: number | null;
            previous: components["schemas"]["Compared"];
            product?: string;
            product_id?: number;
            region?: string;
            /** Format: double */
            revenue: number | null;
            /** Format: double */
            share_percent: number | null;
            sku?: string;
            store?: string;
            store_code?: string;
            store_id?: number;
            transactions: number | null;
            /** Format: double */
            units: number | null;
            year_before: components["schemas"]["Compared"];
        };
        /** @enum {string} */
        ScopeEnum: "product" | "abc_class" | "category" | "store" | "organization";
        /** @enum {string} */
        ScopesEnum: "stock:read" | "stock:write" | "catalog:read" | "catalog:write" | "stores:read" | "stores:write" | "audit:read" | "audit:write" | "reports:read" | "reports:write" | "accounts:read" | "accounts:write" | "costs:read";
        SellThroughFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        SellThroughMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["SellThroughFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            period: components["schemas"]["SellThroughPeriod"];
            report: string;
            title: string;
        };
        SellThroughPeriod: {
            days: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
        };
        SellThroughReport: {
            meta: components["schemas"]["SellThroughMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["SellThroughRow"][];
            totals: components["schemas"]["SellThroughTotal"][];
        };
        SellThroughRow: {
            category?: string | null;
            category_id?: number | null;
            /** Format: double */
            closing_units: number | null;
            currency: string;
            /** Format: double */
            opening_units: number | null;
            product?: string | null;
            product_id?: number | null;
            /** Format: double */
            sell_through_percent: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            unit?: string | null;
            /** Format: double */
            units_received: number | null;
            /** Format: double */
            units_sold: number | null;
        };
        SellThroughTotal: {
            /** Format: double */
            closing_units: number | null;
            currency: string;
            /** Format: double */
            opening_units: number | null;
            /** Format: double */
            sell_through_percent: number | null;
            /** Format: double */
            units_received: number | null;
            /** Format: double */
            units_sold: number | null;
        };
        SendRequest: {
            by?: components["schemas"]["SentByEnum"];
            /** Format: date-time */
            sent_at?: string;
        };
        Sent: {
            addresses: string[];
            rows: number;
        };
        /** @enum {string} */
        SentByEnum: "email" | "other";
        /** @enum {string} */
        SettleOutcomeEnum: "written_off" | "returned";
        SettleRequest: {
            lines?: components["schemas"]["ShippedRequest"][];
            outcome: components["schemas"]["SettleOutcomeEnum"];
            reason: string;
        };
        ShippedRequest: {
            product: number | string;
            /** Format: double */
            quantity: number;
        };
        Short: {
            product: number;
            /** Format: double */
            reserved: number;
            row: number;
            sku: string;
            /** Format: double */
            wanted: number;
        };
        ShrinkageFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        ShrinkageMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["ShrinkageFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            period: components["schemas"]["ShrinkagePeriod"];
            report: string;
            title: string;
        };
        ShrinkagePeriod: {
            days: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
        };
        ShrinkageReport: {
            meta: components["schemas"]["ShrinkageMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ShrinkageRow"][];
            totals: components["schemas"]["ShrinkageTotal"][];
        };
        ShrinkageRow: {
            category?: string | null;
            category_id?: number | null;
            currency: string;
            /** Format: double */
            found_units: number | null;
            /** Format: double */
            missing_units: number | null;
            product?: string | null;
            product_id?: number | null;
            /** Format: double */
            removed_units: number | null;
            /** Format: double */
            shrinkage_retail: number | null;
            /** Format: double */
            shrinkage_units: number | null;
            /** Format: double */
            shrinkage_value?: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            unit?: string | null;
        };
        ShrinkageTotal: {
            currency: string;
            /** Format: double */
            found_units: number | null;
            /** Format: double */
            missing_units: number | null;
            /** Format: double */
            removed_units: number | null;
            /** Format: double */
            shrinkage_retail: number | null;
            /** Format: double */
            shrinkage_units: number | null;
            /** Format: double */
            shrinkage_value?: number | null;
        };
        SignedIn: {
            /** Format: date-time */
            expires_at: string;
            token: string;
            user: components["schemas"]["Caller"];
        };
        Simulation: {
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
            series: number;
            series_left_out: number;
            today: components["schemas"]["SimulationOutcome"];
            what_if: components["schemas"]["SimulationOutcome"];
        };
        SimulationInputRequest: {
            /** Format: double */
            budget?: number | null;
            /** Format: int64 */
            category?: number;
            /**
             * Format: double
             * @default 1
             */
            demand_factor?: number;
            policy?: components["schemas"]["PolicyChangesRequest"];
            products?: number[];
            stores?: number[];
            /** @default 26 */
            weeks?: number;
        };
        SimulationOutcome: {
            /** Format: double */
            average_stock: number;
            /** Format: double */
            days_of_stock: number | null;
            /** Format: double */
            fill_rate: number | null;
            /** Format: double */
            lost_sales: number;
            /** Format: double */
            money_tied_up?: number;
            orders: number;
            stockout_days: number;
            /** Format: double */
            stockout_share: number;
            /** Format: double */
            units_ordered: number;
        };
        Status: {
            authenticated: boolean;
            user: components["schemas"]["Caller"] | null;
        };
        Step: {
            movements: number;
            /** Format: date-time */
            starts_at: string;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
        };
        StockRow: {
            /** Format: double */
            available: number;
            category: string | null;
            id: number;
            /** Format: double */
            in_transit_in: number;
            /** Format: double */
            in_transit_out: number;
            /** Format: double */
            on_hand: number;
            /** Format: double */
            on_hold: number;
            /** Format: double */
            on_hold_damaged: number;
            /** Format: double */
            on_hold_quality: number;
            /** Format: double */
            on_order: number;
            /** Format: double */
            order_up_to: number | null;
            /** Format: double */
            order_up_to_override: number | null;
            product_id: number;
            product_name: string;
            /** Format: double */
            reorder_level: number;
            /** Format: double */
            reorder_level_override: number | null;
            /** Format: double */
            reserved: number;
            sku: string;
            status: components["schemas"]["StockStatusEnum"];
            store: string;
            store_code: string;
            store_id: number;
            supplier: string | null;
            unit: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        StockRowNowOrPast: components["schemas"]["StockRow"] | components["schemas"]["PastStockRow"];
        /** @enum {string} */
        StockStatusEnum: "in_stock" | "low" | "out" | "negative" | "over";
        Store: {
            code: string;
            /** Format: date-time */
            readonly created_at: string;
            currency?: string;
            readonly id: number;
            is_active?: boolean;
            kind?: components["schemas"]["StoreKindEnum"];
            location?: string;
            name: string;
            region?: string;
            time_zone?: string;
            /** Format: date-time */
            readonly updated_at: string;
            version?: number;
        };
        StoreAccuracy: {
            /** Format: double */
            accuracy?: number | null;
            accurate?: number;
            /** Format: double */
            book_units?: number;
            counted: number;
            counts: number;
            lines: number;
            /** Format: double */
            overage_cost?: number;
            /** Format: double */
            overage_units?: number;
            /** Format: double */
            shortage_cost?: number;
            /** Format: double */
            shortage_units?: number;
            /** Format: double */
            shrinkage_cost?: number;
            /** Format: double */
            shrinkage_units?: number;
            store: number;
            store_code: string;
            store_name: string;
            uncounted: number;
        };
        /** @enum {string} */
        StoreKindEnum: "shop" | "warehouse" | "online";
        StoreMovements: {
            /** Format: double */
            closing: number;
            code: string;
            id: number;
            in_by_kind?: {
                [key: string]: number;
            };
            movements: number;
            name: string;
            /** Format: double */
            opening: number;
            out_by_kind?: {
                [key: string]: number;
            };
            region: string;
            /** Format: double */
            units_in: number;
            /** Format: double */
            units_out: number;
            /** Format: double */
            units_sold: number;
        };
        StoreRequest: {
            code: string;
            currency?: string;
            is_active?: boolean;
            kind?: components["schemas"]["StoreKindEnum"];
            location?: string;
            name: string;
            region?: string;
            time_zone?: string;
            version?: number;
        };
        Supplier: {
            address?: string;
            contact_name?: string;
            /** Format: date-time */
            readonly created_at: string;
            email?: string;
            readonly id: number;
            is_active?: boolean;
            lead_time_days?: number;
            name: string;
            phone?: string;
            /** Format: date-time */
            readonly updated_at: string;
            version?: number;
        };
        SupplierLeadTime: {
            first_count: number;
            /** Format: double */
            first_mean: number | null;
            /** Format: double */
            first_spread: number | null;
            full_count: number;
            /** Format: double */
            full_mean: number | null;
            /** Format: double */
            full_spread: number | null;
            id: number;
            /** Format: double */
            last_days: number | null;
            /** Format: date-time */
            last_received_at: string | null;
            name: string;
            planned_days: number;
        };
        SupplierRequest: {
            address?: string;
            contact_name?: string;
            email?: string;
            is_active?: boolean;
            lead_time_days?: number;
            name: string;
            phone?: string;
            version?: number;
        };
        Timeline: {
            /** Format: date-time */
            begins_at: string;
            /** Format: date-time */
            ends_at: string;
            results: components["schemas"]["Step"][];
            step_seconds: number;
            time_zone: string;
            totals: components["schemas"]["Moved"];
            window: components["schemas"]["WindowEnum"];
        };
        Token: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly expires_at: string | null;
            readonly id: number;
            readonly kind: components["schemas"]["TokenKindEnum"];
            /** Format: date-time */
            readonly last_used_at: string | null;
            member: number;
            readonly name: string;
            readonly prefix: string;
            /** Format: date-time */
            readonly revoked_at: string | null;
            scopes: string[] | null;
            stores: number[] | null;
            username: string;
        };
        TokenCreateRequest: {
            /** Format: date-time */
            expires_at?: string | null;
            name: string;
            scopes?: components["schemas"]["ScopesEnum"][] | null;
            stores?: number[] | null;
        };
        /** @enum {string} */
        TokenKindEnum: "session" | "integration";
        Transfer: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            dispatched_at: string | null;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date */
            expected_on: string | null;
            from_store: number;
            from_store_code: string;
            from_store_name: string;
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["TransferLine"][];
            note: string;
            number: string;
            reference: string;
            status: components["schemas"]["TransferStatusEnum"];
            to_store: number;
            to_store_code: string;
            to_store_name: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        TransferInputRequest: {
            /** Format: date */
            expected_on?: string | null;
            from_store: number | string;
            lines: components["schemas"]["WantedRequest"][];
            note?: string;
            reference?: string;
            to_store: number | string;
        };
        TransferLine: {
            /** Format: double */
            damaged: number;
            /** Format: double */
            dispatched: number;
            /** Format: double */
            in_transit: number;
            /** Format: double */
            over: number;
            product: number;
            product_name: string;
            /** Format: double */
            received: number;
            /** Format: double */
            requested: number;
            /** Format: double */
            returned: number;
            /** Format: double */
            settled: number;
            /** Format: double */
            short: number;
            sku: string;
            unit: string;
        };
        TransferPaper: {
            from_store: number;
            /** Format: uuid */
            id: string;
            lines: number;
            number: string;
            to_store: number;
        };
        TransferRow: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            dispatched_at: string | null;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date */
            expected_on: string | null;
            from_store: number;
            from_store_code: string;
            from_store_name: string;
            /** Format: uuid */
            id: string;
            line_count: number;
            note: string;
            number: string;
            reference: string;
            status: components["schemas"]["TransferStatusEnum"];
            to_store: number;
            to_store_code: string;
            to_store_name: string;
            /** Format: double */
            units_dispatched: number;
            /** Format: double */
            units_in_transit: number;
            /** Format: double */
            units_requested: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        TransfersInTransitFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        TransfersInTransitMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["TransfersInTransitFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            report: string;
            title: string;
        };
        TransfersInTransitReport: {
            meta: components["schemas"]["TransfersInTransitMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TransfersInTransitRow"][];
            totals: components["schemas"]["TransfersInTransitTotal"][];
        };
        TransfersInTransitRow: {
            currency: string;
            /** Format: double */
            days_in_transit: number | null;
            /** Format: date */
            dispatched_on: string | null;
            /** Format: date */
            expected_on: string | null;
            from_store?: string | null;
            from_store_id?: number | null;
            product?: string | null;
            product_id?: number | null;
            /** Format: double */
            retail_value: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            to_store?: string | null;
            to_store_id?: number | null;
            transfer?: string | null;
            unit?: string | null;
            /** Format: double */
            units_in_transit: number | null;
            /** Format: double */
            value?: number | null;
        };
        TransfersInTransitTotal: {
            currency: string;
            /** Format: double */
            retail_value: number | null;
            /** Format: double */
            units_in_transit: number | null;
            /** Format: double */
            value?: number | null;
        };
        /** @enum {string} */
        TransferStatusEnum: "draft" | "requested" | "approved" | "dispatched" | "partially_received" | "received" | "closed" | "cancelled";
        TurnoverFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        TurnoverMeta: {
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["TurnoverFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            period: components["schemas"]["TurnoverPeriod"];
            report: string;
            title: string;
        };
        TurnoverPeriod: {
            days: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
        };
        TurnoverReport: {
            meta: components["schemas"]["TurnoverMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TurnoverRow"][];
            totals: components["schemas"]["TurnoverTotal"][];
        };
        TurnoverRow: {
            /** Format: double */
            average_value?: number | null;
            category?: string | null;
            category_id?: number | null;
            /** Format: double */
            closing_units: number | null;
            /** Format: double */
            cost_of_goods_sold?: number | null;
            currency: string;
            /** Format: double */
            days_to_sell?: number | null;
            /** Format: double */
            opening_units: number | null;
            product?: string | null;
            product_id?: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            /** Format: double */
            turnover?: number | null;
            unit?: string | null;
            /** Format: double */
            unit_turnover: number | null;
            /** Format: double */
            units_sold: number | null;
            /** Format: double */
            yearly_turnover?: number | null;
        };
        TurnoverTotal: {
            /** Format: double */
            average_value?: number | null;
            /** Format: double */
            closing_units: number | null;
            /** Format: double */
            cost_of_goods_sold?: number | null;
            currency: string;
            /** Format: double */
            days_to_sell?: number | null;
            /** Format: double */
            opening_units: number | null;
            /** Format: double */
            turnover?: number | null;
            /** Format: double */
            unit_turnover: number | null;
            /** Format: double */
            units_sold: number | null;
            /** Format: double */
            yearly_turnover?: number | null;
        };
        UnsettledRow: {
            /** Format: double */
            cost_value?: number;
            /** Format: date-time */
            created_at: string;
            days_in_transit: number;
            /** Format: date-time */
            dispatched_at: string | null;
            /** Format: date-time */
            ended_at: string | null;
            /** Format: date */
            expected_on: string | null;
            from_store: number;
            from_store_code: string;
            from_store_name: string;
            /** Format: uuid */
            id: string;
            is_late: boolean;
            note: string;
            number: string;
            reference: string;
            /** Format: double */
            retail_value: number;
            status: components["schemas"]["TransferStatusEnum"];
            to_store: number;
            to_store_code: string;
            to_store_name: string;
            /** Format: double */
            units_in_transit: number;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        ValuationFigure: {
            formula: string;
            label: string;
            name: string;
            unit: string;
        };
        ValuationMeta: {
            /** Format: date */
            as_of?: string;
            by: string;
            /** Format: date-time */
            computed_at: string;
            currencies: string[];
            figures: components["schemas"]["ValuationFigure"][];
            filters: {
                [key: string]: string;
            };
            order: string;
            report: string;
            title: string;
        };
        ValuationReport: {
            meta: components["schemas"]["ValuationMeta"];
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ValuationRow"][];
            totals: components["schemas"]["ValuationTotal"][];
        };
        ValuationRow: {
            /** Format: double */
            average_cost?: number | null;
            category?: string | null;
            category_id?: number | null;
            currency: string;
            /** Format: double */
            on_hand: number | null;
            product?: string | null;
            product_id?: number | null;
            /** Format: double */
            replacement_cost?: number | null;
            /** Format: double */
            retail_value: number | null;
            sku?: string | null;
            store?: string | null;
            store_code?: string | null;
            store_id?: number | null;
            supplier?: string | null;
            supplier_id?: number | null;
            unit?: string | null;
            /** Format: double */
            value?: number | null;
        };
        ValuationTotal: {
            /** Format: double */
            average_cost?: number | null;
            currency: string;
            /** Format: double */
            on_hand: number | null;
            /** Format: double */
            replacement_cost?: number | null;
            /** Format: double */
            retail_value: number | null;
            /** Format: double */
            value?: number | null;
        };
        Verification: {
            blocks: number;
            entries: number;
            is_whole: boolean;
            readonly problems: string[];
            /** Format: double */
            seconds: number;
            /** Format: date-time */
            since: string | null;
        };
        Voided: {
            voided: number;
        };
        VoidInputRequest: {
            entries: number[];
        };
        WantedRequest: {
            product: number | string;
            /** Format: double */
            quantity: number;
        };
        Warning: {
            code: components["schemas"]["CodeEnum"];
            message: string;
        };
        Webhook: {
            batch_size?: number;
            /** Format: date-time */
            readonly created_at: string;
            readonly cursor: string;
            description?: string;
            /** Format: date-time */
            readonly failing_since: string | null;
            readonly failures: number;
            readonly id: number;
            includes_costs?: boolean;
            is_active?: boolean;
            /** Format: date-time */
            readonly last_delivered_at: string | null;
            /** Format: date-time */
            readonly next_attempt_at: string | null;
            /** Format: date-time */
            readonly previous_secret_until: string | null;
            readonly reason: string;
            readonly state: components["schemas"]["WebhookStateEnum"];
            stores?: number[] | null;
            types?: string[];
            /** Format: date-time */
            readonly updated_at: string;
            url: string;
            version?: number;
        };
        /** @enum {string} */
        WebhookDeliveryKindEnum: "events" | "replay" | "ping";
        /** @enum {string} */
        WebhookDeliveryStatusEnum: "pending" | "delivered" | "failed" | "dead" | "replaced";
        WebhookRequest: {
            batch_size?: number;
            description?: string;
            includes_costs?: boolean;
            is_active?: boolean;
            stores?: number[] | null;
            types?: string[];
            url: string;
            version?: number;
        };
        /** @enum {string} */
        WebhookStateEnum: "ok" | "retrying" | "paused";
        /** @enum {string} */
        WhichEnum: "variance" | "outside_tolerance" | "moved";
        /** @enum {string} */
        WindowEnum: "15m" | "30m" | "1h" | "3h" | "6h" | "12h" | "24h" | "today" | "7d";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    alerts_list: {
        parameters: {
            query?: {
                assignee?: string;
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: ("at_risk" | "below_reorder_point" | "dead_stock" | "out_of_stock" | "overstock" | "predicted_stockout")[];
                order_now?: boolean;
                ordering?: string;
                page_size?: number;
                product?: string;
                region?: string;
                severity?: ("critical" | "high" | "medium")[];
                since?: string;
                status?: ("acknowledged" | "open" | "resolved" | "snoozed")[];
                store?: string;
                supplier?: string;
                until?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedAlertList"];
                };
            };
        };
    };
    alerts_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
        };
    };
    alerts_acknowledge_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AlertNoteRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
        };
    };
    alerts_assign_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertAssignRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
        };
    };
    alerts_resolve_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AlertNoteRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
        };
    };
    alerts_restock_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AlertRestockRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockAccepted"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockAccepted"];
                };
            };
        };
    };
    alerts_snooze_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertSnoozeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
        };
    };
    alerts_acknowledge_several: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertsAcknowledgeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsAcknowledged"];
                };
            };
        };
    };
    alerts_summary_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertSummary"];
                };
            };
        };
    };
    auth_csrf_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Csrf"];
                };
            };
        };
    };
    auth_login_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    auth_logout_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    auth_password_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChangeRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    auth_register_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    auth_status_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    categories_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                search?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedCategoryList"];
                };
            };
        };
    };
    categories_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    categories_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    categories_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    categories_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    categories_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedCategoryRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    changes_retrieve: {
        parameters: {
            query?: {
                kinds?: string;
                limit?: number;
                since?: string;
                store?: string;
                types?: string;
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
        };
    };
    counts_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: ("cycle" | "full" | "spot")[];
                number?: string;
                ordering?: string;
                page_size?: number;
                state?: ("cancelled" | "counted" | "counting" | "planned" | "posted" | "recount")[];
                store?: string;
                store_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedCountList"];
                };
            };
        };
    };
    counts_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedCountChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_approve_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApprovalInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_cancel_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_correct_late_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Corrections"];
                };
            };
        };
    };
    counts_entries_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedCountEntryList"];
                };
            };
        };
    };
    counts_entries_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountEntryInputRequest"][];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountEntriesAnswer"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountEntriesAnswer"];
                };
            };
        };
    };
    counts_lines_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                status?: "added" | "counted" | "moved" | "outside_tolerance" | "recounting" | "uncounted" | "variance";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedCountLineList"];
                };
            };
        };
    };
    counts_recount_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RecountInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_start_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_submit_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    counts_summary_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountSummary"];
                };
            };
        };
    };
    counts_void_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voided"];
                };
            };
        };
    };
    counts_accuracy_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                start_date?: string;
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accuracy"];
                };
            };
        };
    };
    counts_due_list: {
        parameters: {
            query: {
                all?: boolean;
                bom?: boolean;
                class?: "A" | "B" | "C";
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                store: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedDueList"];
                };
            };
        };
    };
    exports_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                status?: ("expired" | "failed" | "ready" | "running" | "waiting")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedExportList"];
                };
            };
        };
    };
    exports_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInputRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
        };
    };
    exports_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
        };
    };
    exports_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    exports_download_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    forecasting_simulate_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SimulationInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
        };
    };
    forecasts_list: {
        parameters: {
            query?: {
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                method?: ("group" | "moving_average" | "pooled" | "seasonal_naive")[];
                ordering?: string;
                page_size?: number;
                product?: string;
                region?: string;
                search?: string;
                state?: ("group_only" | "no_sales" | "ok" | "short_history" | "too_little_history")[];
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedForecastRowList"];
                };
            };
        };
    };
    forecasts_retrieve: {
        parameters: {
            query?: {
                days?: number;
                method?: "exponential_smoothing" | "holt_winters" | "log_regression" | "moving_average" | "regression" | "sarimax" | "seasonal_naive";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecast"];
                };
            };
        };
    };
    forecasts_accuracy_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "organization" | "product" | "store" | "time";
                category?: string;
                currency?: string;
                days?: 1 | 30 | 7;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                limit?: number;
                product?: string[];
                region?: string;
                store?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastAccuracy"];
                };
            };
        };
    };
    forecasts_retrain_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastRun"];
                };
            };
        };
    };
    forecasts_runs_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                status?: ("failed" | "finished" | "queued" | "running")[];
                trigger?: ("import" | "nightly" | "on_demand")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedForecastRunList"];
                };
            };
        };
    };
    forecasts_runs_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastRun"];
                };
            };
        };
    };
    goods_receipts_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                delivery_note?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                number?: string;
                order?: string;
                ordering?: string;
                page_size?: number;
                product?: string;
                since?: string;
                store?: string;
                supplier?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedGoodsReceiptRowList"];
                };
            };
        };
    };
    goods_receipts_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoodsReceipt"];
                };
            };
        };
    };
    goods_receipts_reverse_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReverseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    imports_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: ("history" | "inventory" | "opening" | "products" | "sales" | "shopify_inventory" | "shopify_products" | "suppliers" | "unified")[];
                number?: string;
                ordering?: string;
                page_size?: number;
                status?: ("applied" | "applying" | "failed" | "ready" | "undoing" | "undone" | "uploaded" | "validating")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedImportRowList"];
                };
            };
        };
    };
    imports_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImportInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    imports_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    imports_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedImportChangeRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    imports_apply_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    imports_failed_rows_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    imports_problems_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                outcome?: ("failed" | "notice" | "skipped")[];
                page_size?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedImportProblemList"];
                };
            };
        };
    };
    imports_undo_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    inventory_list: {
        parameters: {
            query?: {
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                product?: string;
                product_id?: string;
                region?: string;
                search?: string;
                status?: ("in_stock" | "low" | "negative" | "out" | "over")[];
                store?: string;
                store_id?: string;
                supplier?: string;
                updated_since?: string;
                updated_until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedStockRowList"];
                };
            };
        };
    };
    inventory_transfer_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InventoryTransferRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    inventory_update_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InventoryUpdateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    invitations_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                is_open?: boolean;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedInvitationList"];
                };
            };
        };
    };
    invitations_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
        };
    };
    invitations_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    invitations_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    invitations_accept_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    "logs.csv_retrieve": {
        parameters: {
            query?: {
                action?: string;
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                object_id?: string;
                object_type?: string;
                product?: number;
                request_id?: string;
                since?: string;
                store?: number;
                until?: string;
                user?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    logs_list: {
        parameters: {
            query?: {
                action?: string;
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                object_id?: string;
                object_type?: string;
                page_size?: number;
                product?: number;
                request_id?: string;
                since?: string;
                store?: number;
                until?: string;
                user?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedEntryList"];
                };
            };
        };
    };
    logs_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sequence: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
        };
    };
    logs_verification_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
        };
    };
    mailings_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: "low_stock" | "restock";
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMailingList"];
                };
            };
        };
    };
    mailings_retrieve: {
        parameters: {
            query?: {
                kind?: "low_stock" | "restock";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mailing"];
                };
            };
        };
    };
    mailings_update: {
        parameters: {
            query?: {
                kind?: "low_stock" | "restock";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailingInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mailing"];
                };
            };
        };
    };
    mailings_preview_retrieve: {
        parameters: {
            query?: {
                kind?: "low_stock" | "restock";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letter"];
                };
            };
        };
    };
    mailings_runs_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: "low_stock" | "restock";
                page_size?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMailingRunList"];
                };
            };
        };
    };
    mailings_send_create: {
        parameters: {
            query?: {
                kind?: "low_stock" | "restock";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
        };
    };
    mailings_schedule_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: "low_stock" | "restock";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailingSchedule"];
                };
            };
        };
    };
    mailings_schedule_update: {
        parameters: {
            query?: {
                format?: "csv" | "json" | "xlsx";
                kind?: "low_stock" | "restock";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailingScheduleInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailingSchedule"];
                };
            };
        };
    };
    members_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMemberList"];
                };
            };
        };
    };
    members_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    members_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    members_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedMemberChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    movements_by_category_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                region?: string;
                store?: string[];
                window?: "12h" | "15m" | "1h" | "24h" | "30m" | "3h" | "6h" | "7d" | "today";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ByCategory"];
                };
            };
        };
    };
    movements_timeline_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                region?: string;
                store?: string[];
                window?: "12h" | "15m" | "1h" | "24h" | "30m" | "3h" | "6h" | "7d" | "today";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
        };
    };
    organization_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    organization_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedOrganizationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    periods_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedPeriodList"];
                };
            };
        };
    };
    periods_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeriodInputRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Period"];
                };
            };
        };
    };
    products_list: {
        parameters: {
            query?: {
                barcode?: string;
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                lifecycle?: ("active" | "discontinued" | "new" | "phase_out")[];
                ordering?: string;
                page_size?: number;
                retired?: boolean;
                sale_price_max?: number;
                sale_price_min?: number;
                search?: string;
                sku?: string;
                supplier?: string;
                unit_cost_max?: unknown;
                unit_cost_min?: unknown;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedProductList"];
                };
            };
        };
    };
    products_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    products_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    products_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    products_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retired"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    products_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedProductRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    products_restore_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    products_bulk_create: {
        parameters: {
            query?: {
                upsert?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductRequest"][];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductBulkAnswer"];
                };
            };
        };
    };
    purchase_orders_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                expected_from?: string;
                expected_to?: string;
                format?: "csv" | "json" | "xlsx";
                late?: boolean;
                number?: string;
                ordering?: string;
                page_size?: number;
                product?: string;
                proposal?: string;
                reference?: string;
                source?: "by_hand" | "proposal";
                status?: ("cancelled" | "closed" | "draft" | "partially_received" | "received" | "sent")[];
                store?: string;
                supplier?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedPurchaseRowList"];
                };
            };
        };
    };
    purchase_orders_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurchaseInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "html" | "json" | "xlsx";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedPurchaseChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_cancel_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelPurchaseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_close_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CloseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_receive_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeliveryRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_resend_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_send_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    purchase_orders_timeline_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedEntryList"];
                };
            };
        };
    };
    reports_abc_xyz_retrieve: {
        parameters: {
            query?: {
                basis?: "margin" | "revenue" | "units";
                bom?: boolean;
                by?: "product";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                region?: string;
                start_date?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbcXyzReport"];
                };
            };
        };
    };
    reports_ageing_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                region?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgeingReport"];
                };
            };
        };
    };
    reports_dashboard_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
        };
    };
    reports_days_of_cover_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                region?: string;
                start_date?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DaysOfCoverReport"];
                };
            };
        };
    };
    reports_dead_stock_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                days?: number;
                download?: boolean;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                region?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadStockReport"];
                };
            };
        };
    };
    reports_lead_times_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedSupplierLeadTimeList"];
                };
            };
        };
    };
    reports_low_stock_list: {
        parameters: {
            query?: {
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                product?: string;
                product_id?: string;
                region?: string;
                search?: string;
                status?: ("in_stock" | "low" | "negative" | "out" | "over")[];
                store?: string;
                store_id?: string;
                supplier?: string;
                updated_since?: string;
                updated_until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedLowStockRowList"];
                };
            };
        };
    };
    reports_movements_list: {
        parameters: {
            query?: {
                bom?: boolean;
                by_kind?: boolean;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
                region?: string;
                start_date?: string;
                store?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedStoreMovementsList"];
                };
            };
        };
    };
    reports_movements_products_list: {
        parameters: {
            query?: {
                barcode?: string;
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                lifecycle?: ("active" | "discontinued" | "new" | "phase_out")[];
                ordering?: string;
                page_size?: number;
                region?: string;
                retired?: boolean;
                sale_price_max?: number;
                sale_price_min?: number;
                search?: string;
                sku?: string;
                start_date?: string;
                store?: string[];
                supplier?: string;
                unit_cost_max?: unknown;
                unit_cost_min?: unknown;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedProductMovementsList"];
                };
            };
        };
    };
    reports_restock_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                region?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockReport"];
                };
            };
        };
    };
    reports_sell_through_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                region?: string;
                start_date?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SellThroughReport"];
                };
            };
        };
    };
    reports_shrinkage_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                region?: string;
                start_date?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShrinkageReport"];
                };
            };
        };
    };
    reports_stock_list: {
        parameters: {
            query?: {
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                product?: string;
                product_id?: string;
                region?: string;
                search?: string;
                start_date?: string;
                status?: ("in_stock" | "low" | "negative" | "out" | "over")[];
                store?: string;
                store_id?: string;
                supplier?: string;
                updated_since?: string;
                updated_until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMovementReportRowList"];
                };
            };
        };
    };
    reports_transfers_in_transit_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "product" | "store" | "transfer";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                region?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransfersInTransitReport"];
                };
            };
        };
    };
    reports_turnover_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                region?: string;
                start_date?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnoverReport"];
                };
            };
        };
    };
    reports_valuation_retrieve: {
        parameters: {
            query?: {
                as_of?: string;
                bom?: boolean;
                by?: "balance" | "category" | "product" | "store" | "supplier";
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "html" | "json" | "xlsx";
                page_size?: number;
                region?: string;
                store?: string[];
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValuationReport"];
                };
            };
        };
    };
    reservations_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                expires_before?: string;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                product?: string;
                reference?: string;
                status?: ("active" | "expired" | "fulfilled" | "released")[];
                store?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedReservationRowList"];
                };
            };
        };
    };
    reservations_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReservationInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reserved"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reserved"];
                };
            };
        };
    };
    reservations_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    reservations_extend_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExtendRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    reservations_fulfil_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FulfilRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    reservations_release_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReleaseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    restock_accept_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestockAcceptRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockAccepted"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockAccepted"];
                };
            };
        };
    };
    restock_lines_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                ordering?: string;
                page_size?: number;
                product?: string;
                proposal?: string;
                source?: "buy" | "transfer";
                status?: ("accepted" | "dismissed" | "proposed" | "snoozed")[];
                store?: string;
                supplier?: string;
                within_budget?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedRestockLineList"];
                };
            };
        };
    };
    restock_lines_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockLineDetail"];
                };
            };
        };
    };
    restock_lines_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedRestockLineEditRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockLineDetail"];
                };
            };
        };
    };
    restock_lines_dismiss_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestockDismissRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockLineDetail"];
                };
            };
        };
    };
    restock_lines_replay_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockReplay"];
                };
            };
        };
    };
    restock_lines_snooze_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestockSnoozeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockLineDetail"];
                };
            };
        };
    };
    restock_overrides_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
                person?: string;
                product?: string;
                reason?: string;
                since?: string;
                store?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedOverrideList"];
                };
            };
        };
    };
    restock_overrides_totals_list: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "person" | "product" | "reason" | "store";
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                person?: string;
                product?: string;
                reason?: string;
                since?: string;
                store?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverrideTotals"];
                };
            };
        };
    };
    restock_policies_list: {
        parameters: {
            query?: {
                abc_class?: "A" | "B" | "C";
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: ("days_of_cover" | "min_max" | "quantile" | "reorder_point" | "seed_rule")[];
                ordering?: string;
                page_size?: number;
                product?: string;
                scope?: ("abc_class" | "category" | "organization" | "product" | "store")[];
                store?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedRestockPolicyList"];
                };
            };
        };
    };
    restock_policies_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestockPolicyRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockPolicy"];
                };
            };
        };
    };
    restock_policies_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockPolicy"];
                };
            };
        };
    };
    restock_policies_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestockPolicyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockPolicy"];
                };
            };
        };
    };
    restock_policies_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    restock_policies_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedRestockPolicyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockPolicy"];
                };
            };
        };
    };
    restock_proposals_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedRestockProposalList"];
                };
            };
        };
    };
    restock_proposals_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockProposal"];
                };
            };
        };
    };
    restock_propose_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestockProposeRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestockProposal"];
                };
            };
        };
    };
    sales_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                category?: string;
                currency?: string;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                product?: string[];
                region?: string;
                start_date?: string;
                store?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SalesDaysPage"];
                };
            };
        };
    };
    sales_aggregated_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "category" | "day" | "month" | "product" | "store" | "week";
                category?: string;
                currency?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                limit?: number;
                ordering?: string;
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                product?: string[];
                region?: string;
                start_date?: string;
                store?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregatedSales"];
                };
            };
        };
    };
    sales_metrics_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                category?: string;
                currency?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                period?: "1y" | "30d" | "3m" | "6m" | "7d" | "custom";
                product?: string[];
                region?: string;
                start_date?: string;
                store?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SalesMetrics"];
                };
            };
        };
    };
    sales_predictions_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                by?: "category" | "day" | "product" | "store";
                category?: string;
                currency?: string;
                days?: number;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                limit?: number;
                product?: string[];
                region?: string;
                store?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Predictions"];
                };
            };
        };
    };
    stock_movements_list: {
        parameters: {
            query?: {
                actor?: number;
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                movement_type?: ("IN" | "OUT" | "REM" | "adjustment" | "count_adjustment" | "customer_return" | "hold" | "opening" | "receipt" | "release_hold" | "removal" | "reversal" | "sale" | "supplier_return" | "transfer_dispatch" | "transfer_receipt")[];
                ordering?: string;
                page_size?: number;
                product?: string;
                product_id?: string;
                reference?: string;
                since?: string;
                start_date?: string;
                status?: "accepted" | "applied" | "rejected";
                store?: string;
                store_id?: string;
                transfer_id?: unknown;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMovementList"];
                };
            };
        };
    };
    stock_movements_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MovementInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    stock_movements_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    stock_movements_reverse_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReversalInputRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    stock_movements_bulk_create: {
        parameters: {
            query?: {
                atomic?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MovementInputRequest"][];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
        };
    };
    stocks_list: {
        parameters: {
            query?: {
                as_of?: string;
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                known_at?: string;
                ordering?: string;
                page_size?: number;
                product?: string;
                product_id?: string;
                region?: string;
                search?: string;
                status?: ("in_stock" | "low" | "negative" | "out" | "over")[];
                store?: string;
                store_id?: string;
                supplier?: string;
                updated_since?: string;
                updated_until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedStockRowNowOrPastList"];
                };
            };
        };
    };
    stocks_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockRow"];
                };
            };
        };
    };
    stocks_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedLevelsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockRow"];
                };
            };
        };
    };
    stocks_dispose_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisposeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Booked"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Booked"];
                };
            };
        };
    };
    stocks_hold_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Booked"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Booked"];
                };
            };
        };
    };
    stocks_matrix_list: {
        parameters: {
            query?: {
                barcode?: string;
                bom?: boolean;
                category?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                lifecycle?: ("active" | "discontinued" | "new" | "phase_out")[];
                measure?: "available" | "on_hand" | "status";
                ordering?: string;
                page_size?: number;
                region?: string;
                retired?: boolean;
                sale_price_max?: number;
                sale_price_min?: number;
                search?: string;
                sku?: string;
                status?: ("in_stock" | "low" | "negative" | "out" | "over")[];
                store?: string[];
                supplier?: string;
                unit_cost_max?: unknown;
                unit_cost_min?: unknown;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMatrixRowList"];
                };
            };
        };
    };
    stocks_unhold_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Booked"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Booked"];
                };
            };
        };
    };
    stores_list: {
        parameters: {
            query?: {
                bom?: boolean;
                code?: string;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                is_active?: boolean;
                kind?: ("online" | "shop" | "warehouse")[];
                ordering?: string;
                page_size?: number;
                region?: string;
                search?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedStoreList"];
                };
            };
        };
    };
    stores_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
        };
    };
    stores_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
        };
    };
    stores_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
        };
    };
    stores_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retired"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    stores_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedStoreRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
        };
    };
    stores_restore_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
        };
    };
    stream_retrieve: {
        parameters: {
            query?: {
                kinds?: string;
                since?: string;
                store?: string;
                types?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        data?: string;
                        event?: string;
                        id?: string;
                        retry?: number;
                    };
                };
            };
        };
    };
    suppliers_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                is_active?: boolean;
                ordering?: string;
                page_size?: number;
                search?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedSupplierList"];
                };
            };
        };
    };
    suppliers_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupplierRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
        };
    };
    suppliers_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
        };
    };
    suppliers_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupplierRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
        };
    };
    suppliers_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retired"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    suppliers_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedSupplierRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
        };
    };
    suppliers_lead_times_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedProductLeadTimeList"];
                };
            };
        };
    };
    suppliers_restore_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
        };
    };
    tokens_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                is_active?: boolean;
                kind?: "integration" | "session";
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedTokenList"];
                };
            };
        };
    };
    tokens_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
        };
    };
    tokens_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
        };
    };
    tokens_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    tokens_rotate_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
        };
    };
    transactions_list: {
        parameters: {
            query?: {
                actor?: number;
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                end_date?: string;
                format?: "csv" | "json" | "xlsx";
                movement_type?: ("IN" | "OUT" | "REM" | "adjustment" | "count_adjustment" | "customer_return" | "hold" | "opening" | "receipt" | "release_hold" | "removal" | "reversal" | "sale" | "supplier_return" | "transfer_dispatch" | "transfer_receipt")[];
                ordering?: string;
                page_size?: number;
                product?: string;
                product_id?: string;
                reference?: string;
                since?: string;
                start_date?: string;
                status?: "accepted" | "applied" | "rejected";
                store?: string;
                store_id?: string;
                transfer_id?: unknown;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedMovementList"];
                };
            };
        };
    };
    transfers_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                expected_from?: string;
                expected_to?: string;
                format?: "csv" | "json" | "xlsx";
                from_store?: string;
                number?: string;
                ordering?: string;
                page_size?: number;
                product?: string;
                reference?: string;
                status?: ("approved" | "cancelled" | "closed" | "dispatched" | "draft" | "partially_received" | "received" | "requested")[];
                store?: string;
                to_store?: string;
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedTransferRowList"];
                };
            };
        };
    };
    transfers_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferInputRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedTransferChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_approve_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_cancel_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_close_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_dispatch_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DispatchRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_receive_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReceiveRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_request_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_settle_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
        };
    };
    transfers_timeline_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedEntryList"];
                };
            };
        };
    };
    transfers_in_transit_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                direction?: "in" | "out";
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                page_size?: number;
                product?: string;
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedInTransitRowList"];
                };
            };
        };
    };
    transfers_unsettled_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                from_store?: string;
                number?: string;
                ordering?: string;
                page_size?: number;
                product?: string;
                reference?: string;
                store?: string;
                to_store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedUnsettledRowList"];
                };
            };
        };
    };
    webhook_deliveries_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                kind?: ("events" | "ping" | "replay")[];
                ordering?: string;
                page_size?: number;
                since?: string;
                status?: ("dead" | "delivered" | "failed" | "pending" | "replaced")[];
                until?: string;
                webhook?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedDeliveryList"];
                };
            };
        };
    };
    webhook_deliveries_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    webhook_deliveries_replay_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    webhooks_list: {
        parameters: {
            query?: {
                bom?: boolean;
                cursor?: string;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
                is_active?: boolean;
                ordering?: string;
                page_size?: number;
                state?: ("ok" | "paused" | "retrying")[];
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaginatedWebhookList"];
                };
            };
        };
    };
    webhooks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedWebhook"];
                };
            };
        };
    };
    webhooks_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    webhooks_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    webhooks_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    webhooks_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedWebhookRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    webhooks_replay_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    webhooks_resume_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    webhooks_rotate_secret_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateSecretRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedWebhook"];
                };
            };
        };
    };
    webhooks_test_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    webhooks_event_types_retrieve: {
        parameters: {
            query?: {
                bom?: boolean;
                download?: boolean;
                format?: "csv" | "json" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypes"];
                };
            };
        };
    };
}
